// Frames for plain English questions and their answers: what people do, where creatures live, what things are like.
// Written for this project; subject, verb and object stand in one row, so that every answer makes sense.
import { type Frame, lines, phrases, table } from '../grammar.ts'

const askers = phrases('the boy|the girl|the guest|the child|my sister|the traveller|little Tom|Anna|the new pupil|her son')
const tellers = phrases('grandmother|the teacher|his aunt|my father|the old neighbour|the shepherd|her uncle|the innkeeper')

const work: Frame = {
  bank: {
    asker: askers,
    teller: tellers,
    adjective: phrases('old|young|tall|quiet|cheerful|patient|busy|kind|clever|tired'),
    mood: phrases('hums a song|smiles|never hurries|thinks of supper|whistles|is content|does not look up|takes great care'),
  },
  rows: table(
    'who pron do does object it where when',
    `
    fisherman | he | mend | mends | his nets | them | on the quay | at dawn
    baker | he | bake | bakes | the bread | it | in the hot oven | before sunrise
    farmer | he | plough | ploughs | the field | it | behind two horses | in March
    shepherd | he | count | counts | his sheep | them | on the hill | every evening
    gardener | she | water | waters | the roses | them | along the wall | after sunset
    tailor | he | sew | sews | a coat | it | by the window | on Monday
    weaver | she | weave | weaves | blue cloth | it | at the loom | in winter
    miller | he | grind | grinds | the corn | it | in the mill | when the wind blows
    teacher | she | read | reads | a story | it | in the classroom | before noon
    postman | he | bring | brings | the letters | them | to the village | every morning
    doctor | she | visit | visits | the sick | them | in their homes | at any hour
    cook | he | peel | peels | the potatoes | them | in the kitchen | at eleven
    carpenter | he | build | builds | a table | it | in his shop | this week
    blacksmith | he | shoe | shoes | the horse | it | at the forge | in the afternoon
    sailor | he | wash | washes | the deck | it | on the ship | each morning
    painter | she | paint | paints | the bridge | it | by the river | in good light
    potter | she | shape | shapes | a bowl | it | on the wheel | all day
    hunter | he | follow | follows | the tracks | them | through the snow | in January
    widow | she | feed | feeds | the sparrows | them | at the window | in the cold
    nurse | she | rock | rocks | the cradle | it | beside the stove | at night
    student | he | learn | learns | a poem | it | under the lamp | until midnight
    fiddler | he | play | plays | a dance | it | on the green | on Sunday
    grandmother | she | knit | knits | a scarf | it | beside the fire | in November
    grandfather | he | wind | winds | the clock | it | in the hall | once a week
    beekeeper | she | gather | gathers | the honey | it | in the orchard | in July
    woodcutter | he | split | splits | the logs | them | behind the hut | in autumn
    washerwoman | she | wash | washes | the sheets | them | in the brook | on Friday
    ferryman | he | row | rows | the boat | it | across the river | in all weather
    poet | she | write | writes | a verse | it | in a small room | when it rains
    king | he | read | reads | an old map | it | in the tower | before supper
    queen | she | comb | combs | her hair | it | before the mirror | in the morning
    milkmaid | she | milk | milks | the cow | it | in the barn | at five
    bookbinder | he | glue | glues | the pages | them | at a long table | with the door shut
    clockmaker | he | set | sets | the wheels | them | under a glass | in silence
    goose girl | she | drive | drives | the geese | them | to the pond | after breakfast
    lighthouse keeper | he | light | lights | the lamp | it | in the tower | at dusk
    chimney sweep | he | sweep | sweeps | the chimney | it | on the roof | before the frost
    glassblower | he | blow | blows | a bottle | it | at the furnace | at noon
    child | it | fly | flies | a kite | it | on the meadow | on windy days
    scholar | he | open | opens | a heavy book | it | in the library | at nine`,
  ),
  templates: lines(`
    What does the {who} {do}? {pron} {does} {object}.
    Where does the {who} {do} {object}? {pron} {does} {it} {where}.
    When does the {who} {do} {object}? {pron} {does} {it} {when}.
    Who {does} {object} {where}? The {who} does.
    Does the {who} {do} {object}? Yes, {pron} {does} {it} {when}.
    The {adjective} {who} {does} {object} {where}.
    The {who} {does} {object} {when} and {mood}.
    {asker} asked what the {who} does {where}. {pron} {does} {object}, said {teller}.
    The {adjective} {who} {does} {object} {where} and {mood}.
    A sentence about the {who}: the {adjective} {who} {does} {object} {where}.
    I know a {adjective} {who}. {when} {pron} {does} {object} {where}.
    {teller} knows the {adjective} {who}: {pron} {does} {object} {when}.
    {asker} saw the {who} {where}. What do you do? I {do} {object}, said the {who}.
    Tell me about the {who}. The {who} is {adjective}, {does} {object} {when}, and {mood}.`),
}

const creatures: Frame = {
  bank: {
    asker: askers,
    teller: tellers,
    age: phrases('young|old|small|big|wild|sleepy|shy|hungry'),
  },
  rows: table(
    'one home food colour does',
    `
    owl | in a hollow tree | mice | brown | flies without a sound
    fox | in a den under the roots | mice and berries | red | hunts at dusk
    hare | in the long grass | clover | brown | runs in a zigzag
    frog | beside the pond | flies | green | sings when it rains
    stork | on the chimney | frogs | white | stands on one leg
    bee | in the hive | honey | golden | dances to show the way
    spider | behind the door | flies | grey | spins a web of silk
    hedgehog | under the hedge | beetles and snails | grey | rolls into a ball
    squirrel | high in the oak | nuts | red | hides its food for the winter
    mole | under the meadow | worms | black | digs long tunnels
    swallow | under the eaves | gnats | blue | flies south in autumn
    trout | in the cold brook | flies and worms | speckled | swims against the stream
    badger | in the wood | roots and worms | grey | comes out at night
    cat | beside the stove | fish and milk | black | sleeps all afternoon
    dog | in the yard | meat and bones | brown | guards the gate
    cow | in the barn | grass and hay | spotted | gives milk twice a day
    horse | in the stable | oats and hay | white | pulls the cart
    goose | by the pond | grass | white | hisses at strangers
    sheep | on the hill | grass | white | follows the others
    goat | on the rocks | leaves and bark | white | climbs where no one can follow
    hen | in the coop | grain | brown | lays an egg every morning
    mouse | in the wall | crumbs and cheese | grey | runs at the least noise
    bear | in a cave | honey and berries | brown | sleeps all winter
    wolf | in the deep forest | deer | grey | howls at the moon
    otter | in the river bank | fish | brown | slides down the mud
    snail | on the wet wall | lettuce | yellow | carries its house on its back
    ant | under the stone | seeds | black | works the whole summer
    crab | among the rocks | shells | red | walks sideways
    seal | on the sandbank | herring | grey | looks at the boats
    whale | in the deep sea | tiny shrimps | blue | sings to its friends
    gull | on the cliff | fish and bread | white | cries above the harbour
    robin | in the ivy | worms and seeds | red | sings in the snow
    cuckoo | in the far wood | caterpillars | grey | calls its own name
    deer | in the forest | leaves and buds | brown | leaps over the brook
    butterfly | in the garden | nectar | yellow | opens and shuts its wings
    bat | in the church tower | moths | black | hangs upside down
    donkey | behind the mill | thistles | grey | carries the sacks
    duck | on the lake | weeds and snails | green | teaches its young to swim
    heron | among the reeds | fish | grey | waits without moving
    lark | in the wheat | seeds | brown | climbs into the sky and sings`,
  ),
  templates: lines(`
    Where does the {one} live? It lives {home}.
    What does the {one} eat? It eats {food}.
    What does the {one} do? It {does}.
    What colour is the {one}? It is {colour}.
    The {one} lives {home} and eats {food}.
    The {age} {one} is {colour} and {does}.
    {asker} asked where the {one} lives. It lives {home}, said {teller}.
    {asker} asked {teller} what the {one} eats. It eats {food}.
    If I were a {one}, I would live {home} and eat {food}.
    Who lives {home}? The {age} {one} lives there and eats {food}.
    Which creature {does}? The {one} {does}, said {teller}.
    {asker} saw a {age} {one} {home}. It was {colour}.
    A sentence about the {one}: the {colour} {one} {does}.
    The {one} {does}. {teller} showed it to {asker}.`),
}

const likeness: Frame = {
  bank: { asker: askers, teller: tellers },
  rows: table(
    'thing is other otheris like',
    `
    snow | white | coal | black | milk
    honey | sweet | vinegar | sour | sugar
    ice | cold | fire | hot | a winter stone
    the sea | deep | the puddle | shallow | a well
    the mountain | high | the valley | low | a tower
    silk | smooth | bark | rough | still water
    iron | heavy | a feather | light | a sack of stones
    the hare | quick | the snail | slow | the wind
    the oak | old | the seedling | young | the village church
    the night | dark | the day | bright | the inside of a box
    glass | hard | wool | soft | ice on the pond
    the river | long | the ditch | short | a road
    bread | fresh in the morning | stone | never fresh | the new day
    the fox | clever | the goose | foolish | an old judge
    the lion | brave | the mouse | afraid | a knight
    the lemon | yellow | the plum | blue | the morning sun
    the rose | red | the leaf | green | the evening sky
    thunder | loud | a whisper | quiet | a great drum
    the desert | dry | the marsh | wet | an empty jug
    the needle | thin | the log | thick | a ray of light`,
  ),
  templates: lines(`
    {thing} is {is}, and {other} is {otheris}.
    What is {is}? {thing} is {is}.
    What is {otheris}? {other} is {otheris}.
    Is {thing} {otheris}? No, {thing} is {is}.
    {thing} is as {is} as {like}.
    {asker} asked what is {is}. {thing} is, said {teller}.
    {teller} says that {thing} is like {like}, because it is {is}.
    {asker} said: {other} is {otheris}, but {thing} is {is}.`),
}

export const answerFrames: readonly Frame[] = [work, work, work, creatures, creatures, creatures, likeness]
