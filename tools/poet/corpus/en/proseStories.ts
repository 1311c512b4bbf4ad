// Frames for small English stories of a few sentences, each about one person from beginning to end. Written for this project.
// A story is one template, so its sentences keep their order; the frames are made once for "he" and once for "she".
import { type Frame, lines, phrases, table } from '../grammar.ts'

type Person = { names: string; pron: string; poss: string; obj: string }

const people: readonly Person[] = [
  {
    names: 'Tom|Peter|Jack|Hugo|Ben|Martin|the boy|the young miller|the baker|the old soldier',
    pron: 'he',
    poss: 'his',
    obj: 'him',
  },
  {
    names: 'Anna|Mary|Lucy|Rosa|Ella|Clara|the girl|the young weaver|the widow|the gardener',
    pron: 'she',
    poss: 'her',
    obj: 'her',
  },
]

const shared = {
  kin: phrases('mother|father|brother|sister|grandmother|uncle|neighbour|friend'),
  weather: phrases(
    'it was raining|the sun was shining|it was cold|a soft wind blew|there was snow on the roofs|the fog was thick',
  ),
  season: phrases('spring|summer|autumn|winter|week|Sunday|year'),
  felt: phrases('was glad|laughed|felt warm inside|was not afraid any more|slept well that night|sang all the way home'),
}

const finds = table(
  'found where did later',
  `
  a lost kitten | under the bridge | gave it warm milk | it never left the house again
  an old key | in the grass | tried it in every door | it opened the garden gate
  a broken cup | beside the well | glued it with care | it held tea again
  a letter | on the road | took it to the post office | the right hands opened it
  a young bird | below the nest | put it back among the others | it learned to fly in June
  a silver coin | in the dust | bought bread for two | a beggar ate well that day
  a wet dog | at the door | dried it with a towel | the dog slept by the stove
  a blue stone | on the beach | put it on the window sill | it shone in the evening sun
  a lame goat | behind the hill | carried it home | it gave good milk
  a torn book | in the attic | sewed the pages together | the whole family read it
  a paper boat | in the ditch | set it on the water again | it sailed as far as the mill
  a handful of seeds | in an old coat | sowed them along the wall | sunflowers stood there in August
  a small lantern | in the cellar | filled it with oil | it burned all night
  a rusty bell | in the barn | polished it with sand | it rang on feast days
  a sleeping child | under the apple tree | fetched a blanket | nobody woke it
  a wild rose | at the edge of the wood | left it where it was | it bloomed every year
  a lost glove | in the snow | hung it on the fence | someone came back for it
  a wooden flute | in the market | learned one tune | the children danced to it
  a basket of plums | on the step | made jam of them | there was enough for the whole street
  an empty nest | in the hedge | drew a picture of it | the birds came back in spring`,
)

const errands = table(
  'place buy make',
  `
  to the market | apples and butter | a pie
  to the mill | a sack of flour | three loaves of bread
  to the harbour | two fresh herrings | a good soup
  to the wood | mushrooms | a stew
  to the garden | beans and onions | supper
  to the neighbour's farm | milk and eggs | pancakes
  to the shop | wool and a needle | a warm scarf
  to the orchard | ripe pears | a cake
  to the town | paper and ink | a book of songs
  to the carpenter | four boards | a shelf
  to the field | straw | a scarecrow
  to the river | reeds | a basket
  to the hill | wild thyme | a pot of tea
  to the fair | ribbons and paper | a kite`,
)

const plans = table(
  'place do answer',
  `
  to the river | fish | bring bread for the ducks
  to the hill | see the sun rise | put on your boots
  to the mill | fetch flour | the sack is heavy
  to school | learn to write | take your slate
  to the market | sell eggs | mind the basket
  to the sea | look at the ships | the wind is cold
  to the attic | find an old trunk | mind the stairs
  to the wood | gather nuts | stay on the path
  to the well | draw water | hold the rope
  to the fair | hear the fiddler | we shall dance
  to the bridge | wait for the boat | it may be late
  to the orchard | pick apples | bring the ladder
  to the barn | feed the calf | shut the door behind you
  to the station | meet an old friend | the train is late`,
)

function storiesOf({ names, pron, poss, obj }: Person): readonly Frame[] {
  const bank = { ...shared, name: phrases(names), pron: [pron], poss: [poss], obj: [obj] }
  return [
    {
      bank,
      most: 1,
      rows: finds,
      templates: lines(`
        One day {name} found {found} {where}. {pron} {did}, and {later}.
        {name} came home late, for {pron} had found {found} {where}. What did {pron} do? {pron} {did}.
        Last {season} {name} saw {found} {where}. {pron} {did}. {later}, and {name} {felt}.
        Where did you find it, asked {poss} {kin}. {where}, said {name}. Then {pron} {did}, and {later}.
        There was {found} {where}, and {weather}. {name} {did}, and {later}.
        {name} told {poss} {kin} about {found}. It lay {where}. {pron} {did}.
        It was {name} who found {found} {where}. {later}, and {poss} {kin} {felt}.
        When {weather}, {name} found {found} {where}. {pron} {did} and {felt}.`),
    },
    {
      bank,
      most: 1,
      rows: errands,
      templates: lines(`
        {name} went {place} and came back with {buy}. With {poss} {kin} {pron} made {make}.
        {weather}, but {name} went {place} for {buy}. At home {pron} made {make} and {felt}.
        What do you need, asked {poss} {kin}. {buy}, said {name}, and went {place}. In the evening they had {make}.
        {name} wanted to make {make}. So {pron} went {place} to get {buy}.
        Why did {name} go {place}? {pron} went to get {buy}, to make {make}.
        Last {season} {name} and {poss} {kin} went {place}. They brought {buy} home and made {make}.
        {poss} {kin} sent {name} {place} for {buy}. {pron} came back when {weather}.`),
    },
    {
      bank,
      most: 1,
      rows: plans,
      templates: lines(`
        Where are you going, {name}? I am going {place} to {do}. Then {answer}, said {poss} {kin}.
        {name} went {place} to {do}. {poss} {kin} called after {obj}: {answer}!
        May I come along, asked {name}. I want to go {place} and {do}. Yes, said {poss} {kin}, but {answer}.
        Tomorrow I shall go {place} to {do}, said {name}. {answer}, said {poss} {kin}.
        {weather}, and {name} did not go {place}. Next time {pron} will go there to {do}.
        Why is {name} not at home? {pron} has gone {place} to {do}.
        Dear {kin}, I am well. Today I went {place} to {do}, and {weather}. Your {name}.`),
    },
  ]
}

export const storyFrames: readonly Frame[] = people.flatMap(storiesOf)
