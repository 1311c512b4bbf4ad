// Frames for plain English sentences about old things and those who keep them. Written for this project;
// the sentences are made from them by grammar. They bring in words that verse and daily life alone would starve.
import { type Frame, lines, phrases, table } from '../grammar.ts'

const things: Frame = {
  bank: {
    number: phrases('six|seven|nine|ten|twelve|a hundred|a thousand'),
    watcher: phrases(
      'my sister|the neighbour|a passer-by|the teacher|a guest|the tea seller|my little brother|the storyteller|the doorman|mother',
    ),
    when: phrases('once|long ago|before the war|in those days|that very morning|at the end of the summer|when I was small'),
  },
  rows: table(
    'thing look who act wish',
    `
    the sword | bright and narrow | the prince | pulled it from the scabbard and stood bareheaded | peace would last
    the wine cup | made of marble | the guest | received it with both hands | the heart would heal
    the letter box | red and rusty | the tired clerk | put in a reed pen and a feather | somebody would answer
    the spade | worn to half its length | the beggar | dug in the hollow until the clay cracked | the weeds would stop
    the harp | silent for years | the blind player | tuned the strings and wept | the birds would listen
    the chain | heavy and cold | the prisoner | dragged it down the stair and never looked backward | he would go free
    the brass key | small as a pebble | the girl next door | tied it to a thread and hid it | no one would steal it
    the comb | carved out of jade | the young bride | combed her long hair by the windows | she would belong here
    the egg | speckled and warm | the little lad | laid it back in the nest of moss | it would hatch
    the wooden staff | tall and knocked about | the pilgrim | leaned on it with his shoulders bent | the road would end
    the glass jar | full of moths | the curious child | let them go, one by one, like troubles | they would find the light
    the ring | thin as a thread of gold | the old widow | turned it round and chose to keep it | he had stayed
    the trap | baited with cheese | the farmer | set it for the fox and trapped his own boot | the hens would sleep
    the anchor | green with weed | the sailor | pulled it up through the waves and foam | the wind would lift
    the snake | asleep in the ash heap | the boy on the roadway | stepped over it and trembled | it would not wake
    the peach | soft and ripe | the monkey at the fair | snatched it and leapt on the roof | there were more trees like that
    the mirror | cracked from side to side | the lonely queen | asked it which of her beards was real | it would tell her the truth
    the glue pot | sticky and brown | the bookbinder | bottled the glue and tied up the pages | they would hold
    the kettles | dented and black | the tinker | rocked them and called down the lane | business would come
    the hornets' nest | grey as paper | the beekeeper | passed by and let it be | nobody would be stung
    the ladder | short of a step | the thatcher | climbed it anyway and whistled | the rain would wait
    the cart | piled high with sacks of grain | the goat herd | wrung the wet out of his beard and drove on | the gate would be open
    the riddle | as old as the hills | the human guest | laughed and weighed every word | he would prove wise
    the snow queen's picture | blue with frozen gloom | the youngest pupil | swept the frame and counted the stars in it | it would melt
    the broom | split at the end | the landlady | swept the floor and sewed a bow on it | it would last the winter
    the bell rope | worn smooth | the ringer | sprang up and pulled until the heavens rang | the village would hear
    the weight | of solid lead | the strong man | lifted it once for every coin he was given | he could rest
    the fishing rod | a plain hazel stick | the schoolboy | caught a small perch and let it go | it would grow
    the dog's collar | old and weak | the hunter's wife | kept it because the dog had wagged and waited | he were still here
    the front door | blue, with a brass hand | the owner | knocked at it himself for luck | good things would enter
    the owls in the tower | loud at night | the sexton | gave them names and read to them | they would stay for ever
    the shawl | borrowed from an aunt | the dancer | touched it, smiled, and gave it back | she had one herself
    the blossom | white on the bare branch | the gardener's daughter | counted the petals that blossomed and those that fell | spring would stay`,
  ),
  templates: lines(`
    {when} {who} {act}.
    {thing} was {look}, and {when} {who} {act}.
    {when} {who} {act}, and only wished that {wish}.
    {watcher} says that {who} {act}.
    {watcher} made a wish over {thing}: if only {wish}.
    {watcher} passed by and said that {thing} was {look}, and that one sees few like it.
    If {wish}, said {who} to {watcher}, that would be enough.
    {when} {watcher} saw {thing}, {look}, and has not forgotten it.
    {when}, without a word, {who} {act}.
    {watcher} dreamed of {thing} and of {who}, and woke when it was day.
    {thing} costs {number} coins now; {who} would never have sold it.
    {number} years have gone by; {thing} is still there, but {who} has grown old.
    There is a song about {thing} and {who}, and it has {number} verses.
    {watcher} wrote {number} words: {thing}, {look}, and if only {wish}.`),
}

export const thingFrames: readonly Frame[] = [things]
