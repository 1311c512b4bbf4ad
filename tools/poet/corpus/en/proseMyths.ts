// Frames for plain English sentences about figures of old legend and about animals in fables. Written for this project;
// the sentences are made from them by grammar. They name figures of the demo poems but hold no line of those poems.
import { type Frame, lines, phrases, table } from '../grammar.ts'

const legends: Frame = {
  bank: {
    teller: phrases(
      'grandfather|grandmother|the storyteller|the teacher|the boatman|the old priest|my aunt|the goatherd|the seamstress|the night watchman',
    ),
    time: phrases(
      'on summer nights|by the winter fire|at the harvest feast|on rainy afternoons|before bedtime|on the long road|when the lights were out',
    ),
    moved: phrases(
      'nobody spoke|the children opened their eyes wide|I never forgot it|no one wanted to sleep|the fire burned low and nobody noticed|my little sister cried and laughed',
    ),
  },
  rows: table(
    'figure where deed trait kin',
    `
    the Moon Lady | in the palace on the moon | drank the potion and rose into the sky | lonely | the jade rabbit
    Yi the Archer | on the burning plain | shot down the suns that were too many | brave | his wife
    the Jingwei bird | on the eastern shore | tried to fill the ocean with twigs and pebbles | stubborn | the other sea birds
    the goddess Nuwa | by the yellow river | made people of clay and mended the broken sky | kind | her brother
    Kuafu the giant | on the great plain | chased the sun until he died of thirst | restless | the other giants
    Shennong the farmer | in the deep valleys | tasted all the herbs and taught people to sow | generous | the farmers
    Yu the Great | in the middle of the flood | dug channels until the waters were tame | hard-working | the diggers
    the White Snake | by the western lake | fought a stern monk for the man she loved | faithful | her green sister
    the Monkey King | on the mountain of flowers | turned heaven upside down and guarded a pilgrim | clever | the monkeys
    the Weaver Girl | east of the river of stars | wove the clouds for the sky | skilful | the herdsman
    King Arthur | in his castle by the sea | gathered his knights at a round table | just | his knights
    Robin Hood | in the green forest | took from the rich and gave to the poor | merry | his merry men
    Icarus | on an island of white stone | flew too high on wings of wax | daring | his father
    the phoenix | in a tree in the desert | burned and rose out of the ashes | undying | the sun
    the hill dragon | under the mountain | guarded a hoard that it could not eat | greedy | its own shadow
    Merlin | in a tower full of books | made spells and raised a king | wise | the young king
    Pandora | in a house with one locked box | opened the lid and let out all troubles | curious | hope
    Orpheus | in the land of the dead | sang for the woman he had lost | tender | the listening beasts
    Atlas | at the end of the world | carried the sky on his back | strong | the evening birds
    Medusa | in a garden of statues | turned those who looked at her to stone | sad | her sisters
    the selkie | on a northern beach | came out of the sea and took off her sealskin | homesick | the seals
    Baba Yaga | in a hut on hen's legs | frightened the lazy and helped the polite | strange | her black cat
    Odysseus | on the wide salt sea | wandered for years to reach his island | cunning | his old dog
    the Sphinx | on the road to the city | asked every traveller a riddle | proud | the vultures
    Thor | in the hall of the gods | threw his hammer at the giants | loud | his two goats
    Anansi the spider | in the roof of the world | bought all the stories with his tricks | sly | his wife
    Persephone | in the kingdom below | ate the fruit of the dead and stayed half of each year | patient | her mother
    Prometheus | on a cold mountain | stole fire from heaven for the people | bold | the eagle`,
  ),
  templates: lines(`
    They say that {figure} lived {where} and {deed}.
    {time} {teller} told of {figure}, and {moved}.
    {teller} says that {figure} was {trait} and {deed}.
    {figure} {deed}, and the tale is thousands of years old.
    People remember {figure}, who {deed}.
    {teller} told the story of {figure} and {kin} again and again.
    I like {figure} best, for being so {trait}.
    Last night I dreamed of {figure}, {where}.
    If I met {figure}, I would ask how it is {where}.
    In the picture {figure} stands {where}, close to {kin}.
    Who was the most {trait} of all, asked {teller}, and the children cried: {figure}!
    Even {figure} grows tired at times and thinks of {kin}.`),
}

const fables: Frame = {
  bank: {
    place: phrases(
      'in the wood|by the river|at the mouth of a cave|on the field path|under the old tree|by the well|in the snow|among the reeds|on the threshing floor|under the stone bridge',
    ),
    moral:
      phrases(`look further than your nose|friends must help each other|the slow arrive as well|a promise is a promise|even the
      strong are afraid of something|small things have great uses|do not laugh at others|what is shared tastes best`),
  },
  rows: table(
    'one other want does end',
    `
    fox | crow | a piece of cheese | said a great many kind words | went away hungry
    tortoise | hare | the top of the hill | walked on step by step | was the first to see the sun rise
    ant | cricket | food for the winter | carried grain from dawn to dusk | asked the neighbours to supper
    wolf | lamb | the water of the brook | pretended to be good | fell into the hunter's pit
    monkey | moon | the moon in the pond | hung from the branch by one hand | caught a handful of water
    frog | turtle | the whole sky | boasted at the bottom of a well | was ashamed and kept still
    tiger | kitten | the art of climbing | came for a lesson every day | never learned to climb
    sparrow | wild goose | the sun of the south | flew along for half a day | knew where home was
    hedgehog | fawn | the red berries | rolled until every spine held one | shared them with everybody
    stork | fox | the soup in the tall jar | drank it with a long beak | made the host blush
    mouse | lion | a safe way home | gnawed through the thick net | won the best of friends
    cock | sun | an earlier morning | crowed on the roof | saw the day really come
    firefly | star | a companion | flew all night with a tiny lamp | came to rest in a child's hand
    snail | vine | the ripe grapes | set out in early spring | arrived when they were sweet`,
  ),
  templates: lines(`
    {place} a {one} met a {other} and wanted {want}.
    For the sake of {want} the {one} {does} and in the end {end}.
    What do you want, asked the {other}. {want}, said the {one}.
    The {one} {does}, and the {other} looked on.
    There was once a {one} who thought of nothing but {want} and {does}.
    At the end of the story the {one} {end}.
    The tale of the {one} and the {other} tells us: {moral}.
    So the {one} {end}, and everybody said: {moral}.
    The {other} told it to all the friends {place} and added: {moral}.`),
}

export const mythFrames: readonly Frame[] = [legends, fables]
