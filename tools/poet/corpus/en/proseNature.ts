// Frames for plain English sentences about seasons, water, sky and trees. Written for this project;
// the sentences are made from them by grammar, each row keeping to words that belong together.
import { type Frame, lines, phrases, table } from '../grammar.ts'

const seasons: Frame = {
  bank: {
    place: phrases(`by the village gate|at the foot of the hill|by the river|in the orchard|behind the school|on the old
      bridge|in the market square|at the edge of the wood|in the back garden|beside the well|by the harbour`),
    who: phrases(`my grandmother|the old gardener|the children|our neighbour|my sister|the postman|the teacher|the
      shepherd|the girl next door|my father|the ferryman|the baker's son`),
    felt: phrases(`felt warm inside|forgot the time|laughed out loud|stood still for a while|did not want to go home|thought of
      years gone by|hummed an old tune|took a deep breath|smiled at nobody`),
  },
  rows: table(
    'season sign flower food wear sound work',
    `
    spring | the swallows came back | cherry blossom | pea soup | a thin coat | the call of the cuckoo | sowing
    early spring | the ice broke on the pond | snowdrops | leek soup | an old scarf | the drip of the gutters | digging
    late spring | the hedges turned white | bluebells | new bread and butter | a straw hat | the hum of bees | planting beans
    early summer | the barley stood knee high | wild roses | strawberries | a light shirt | the croak of the frogs | cutting hay
    summer | the days grew long and gold | poppies | cold lemonade | short sleeves | the buzz of the meadow | watering
    late summer | the apples began to redden | lavender | blackberry pie | sandals | the far-off thunder | picking plums
    early autumn | the mornings turned cool | asters | baked apples | a woollen vest | the crickets in the wall | gathering nuts
    autumn | the geese flew south | chrysanthemums | pumpkin soup | a brown coat | the rustle of dry leaves | bringing in the corn
    late autumn | the last leaf fell | heather | roast chestnuts | thick socks | the wind in the chimney | chopping wood
    winter | the first snow fell | holly | hot porridge | two jumpers | the crackle of the fire | mending tools
    deep winter | the river froze from bank to bank | ivy | ginger cake | fur boots | the creak of the ice | feeding the birds`,
  ),
  templates: lines(`
    {season} came, {sign}, and there was {flower} {place}.
    One morning in {season} {who} heard {sound} {place} and {felt}.
    Every year in {season} {who} was busy {work} {place}.
    {who} said that the best of {season} was {flower}, and after that {food}.
    When {sign}, {who} put on {wear} and went out {work}.
    In the evening we sat {place} and ate {food}, and {who} {felt}.
    It was quiet {place}; there was only {sound}, and so {season} began.
    Without {sound} it would not be {season} at all.
    {who} walked past and saw that {sign}, and {felt}.
    {who} put {flower} in a jug, and the room was full of {season}.
    At night in {season} {who} told us a story, and outside was {sound}.
    {who} wore {wear} in {season} and carried {food} in a basket.`),
}

const waters: Frame = {
  bank: {
    time: phrases(
      'at dawn|at dusk|after the rain|at night|when the mist lifted|when the moon came up|at noon|on the first day of snow|at high tide|when the wind rose',
    ),
    who: phrases(
      'the boatman|an old fisherman|the washerwoman|a boy with a rod|the painter|a girl with a pail|the miller|a tired traveller|the shepherd boy|two sisters',
    ),
    how: phrases(
      'slowly|softly|quietly|without any hurry|singing all the way|in long bends|full of light|carrying petals|over the stones',
    ),
  },
  rows: table(
    'water from to beside fish',
    `
    the brook | the hills | the mill pond | a row of willows | a small trout
    the river | the snowy mountains | the sea | three old towns | a silver salmon
    the spring | a crack in the rock | the lower field | a patch of mint | a water beetle
    the canal | the coal town | the harbour | the lock-keeper's house | a lazy carp
    the waterfall | the high moor | a deep green pool | wet ferns | a shadow of a fish
    the rain | the grey clouds | the barrel by the door | a pot of basil | nothing but bubbles
    the stream | the pine wood | the lake | a wooden footbridge | a shoal of minnows
    the tide | the wide ocean | the little bay | a heap of nets | a red crab
    the melting snow | the northern slope | the ploughed field | the first crocus | a sleepy frog`,
  ),
  templates: lines(`
    {water} comes from {from} and runs {how} to {to}.
    {time} {who} stood and watched {water} go by {how}.
    Beside {water} there is {beside}, and in it lives {fish}.
    {who} says that {water} remembers everyone who came from {from}.
    {who} asked {water} where it was going, and it said: to {to}.
    {time} {fish} jumped, and {who} laughed.
    {who} put a paper boat on {water} and watched it drift {how} to {to}.
    After a long walk {who} sat down by {water} and washed both feet.
    {water} moves {how} and never asks how far it is.
    The shadow of {beside} lay on {water}, and {fish} swam through it.
    {time} it is best to listen: {water} talks {how} about {from}.
    Nobody has counted the songs that {who} knows about {water}.`),
}

const sky: Frame = {
  bank: {
    who: phrases(
      'I|my sister|grandfather|the shepherd|the captain|the night watchman|the teacher|a traveller|a small girl|the melon farmer|the star gazer|a merchant on the road|the poet',
    ),
    place: phrases(
      'on the roof|on the haystack|in the bow of the boat|on the hilltop|at the window|at the edge of the wheat|in the desert|by the well|on the city wall|on the chapel steps',
    ),
  },
  rows: table(
    'thing like does when',
    `
    the moon | a silver plate | lit the way home | at night
    the new moon | a small bright sickle | hung in the top of the tree | after dark
    the Great Bear | a long spoon | pointed to the north | on clear nights
    the Milky Way | a river of light | ran from hill to hill | in summer
    the sun | a hot gold wheel | woke the cocks and the corn | in the early morning
    a falling star | a match that was struck | was gone at once | at midnight
    the sunset | a roll of red silk | turned the river to gold | in the evening
    the rainbow | a bent bridge | stood between two hills | when the rain stopped
    the storm cloud | a heavy quilt | brought a great rain | when the wind rose
    the white cloud | a flock of sheep | went slowly over the hill | at noon
    the morning star | a little lamp | waited for the day | before dawn
    the lightning | a silver whip | cut the dark in two | in the storm
    the mist | a thin veil | hid the far bank | in the morning
    the snow | a torn-up letter | covered every footprint | on winter nights
    the thunder | a drum in the sky | sent us in with the washing | in July`,
  ),
  templates: lines(`
    {when} {thing} was like {like} and {does}.
    {who} sat {place} while {thing} {does}.
    {who} said that {thing} was {like} and that no one could take it away.
    {when} {who} looked up {place} and saw {thing}.
    {thing} {does}, and {who} fell asleep {place}.
    As a child {who} believed that {thing} was {like}.
    {who} made a picture of {thing}, with one small figure {place}.
    {thing} said nothing; it only {does}.
    Why is {thing} like {like}? asked {who}, but no one knew.
    It is quiet {when}: {thing} {does}, and there is no sound {place}.`),
}

const trees: Frame = {
  bank: {
    place: phrases(
      'by the church|at the crossroads|near the school|on the bank|by the old well|along the wall|behind the barn|at the ferry|on the green|at the top of the lane',
    ),
    who: phrases(
      "my uncle|grandmother|my brother|the forester|the neighbour's girl|a passing monk|the carpenter|the old soldier|the woman who planted it|the new teacher",
    ),
    bird: phrases('a magpie|a sparrow|a blackbird|a thrush|a rook|a woodpecker|an owl|a robin|a dove|a jay'),
  },
  rows: table(
    'tree part season use',
    `
    an oak | the acorns | October | build a boat
    a willow | the long thin branches | March | weave baskets
    an apple tree | the red fruit | September | bake a pie
    a lime tree | the sweet flowers | July | make tea
    a walnut tree | the hard green nuts | autumn | carve a spoon
    a pine | the sharp needles | winter | keep a fire
    a birch | the white bark | April | write a letter
    a mulberry tree | the soft leaves | May | feed silkworms
    a maple | the red leaves | late autumn | mark a page
    a plum tree | the early blossom | February | fill a vase
    a cherry tree | the dark cherries | June | fill a bowl
    a hazel | the round nuts | August | cut a walking stick
    an elder | the flat white flowers | early summer | make a cool drink
    a yew | the dark boughs | December | shape a bow`,
  ),
  templates: lines(`
    There is {tree} {place}, and in {season} {part} are the best of it.
    {who} planted {tree} {place} and said that one day we could {use}.
    {bird} built a nest in {tree}, and {who} never disturbed it.
    In {season} {who} gathers {part} and takes them home to {use}.
    The wind blew, and {part} moved as if to greet {who}.
    {who} leaned on {tree} {place} and listened to {bird}.
    {tree} cannot walk, yet {who} takes it along in every thought.
    {who} taught me to know {tree}: first look at {part}, then touch the bark.
    In {season} {bird} comes to {tree} {place} and stays all day.
    With {tree} you can {use}, but {who} would rather sit below it.`),
}

export const natureFrames: readonly Frame[] = [seasons, waters, sky, trees]
