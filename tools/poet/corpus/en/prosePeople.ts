// Frames for plain English sentences about people, their work, their food and their days. Written for this project;
// the sentences are made from them by grammar, each row keeping to words that belong together.
import { type Frame, lines, phrases, table } from '../grammar.ts'

const trades: Frame = {
  bank: {
    time: phrases(
      'before sunrise|every morning|after sunset|in winter|on rainy days|on market day|late at night|all year round|in the first light',
    ),
    say: phrases(`Slow hands make fine work|A steady hand and a quiet heart|Good work speaks for itself|One thing at a time, and that well|You
      cannot hurry wood or water|Do it again, and better|Use makes the master|What is mended lasts twice`),
    learner: phrases(
      'the apprentice|her youngest son|the daughter|a boy from next door|the granddaughter|the new pupil|a young man|the nephew',
    ),
  },
  rows: table(
    'who tool makes place does',
    `
    the carpenter | a plane | a long bench | in the yard | measures the boards and marks them with chalk
    the blacksmith | a hammer | a garden hoe | at the forge | strikes the iron until the sparks fly
    the mason | a chisel | a stone bridge | at the foot of the hill | cuts stone in a cloud of dust
    the tailor | a pair of scissors | a red winter coat | at the window | measures cloth and threads needles
    the herbalist | a mortar | a jar of pills | behind the counter | grinds roots and weighs leaves
    the ferryman | a pair of oars | a way across | at the landing | rows and sings old songs
    the farmer | a plough | a barn full of corn | in the field | turns the soil and sows
    the weaver | a shuttle | a roll of blue cloth | at the loom | ties the threads and weaves
    the silk farmer | a bamboo tray | a basket of white cocoons | in the warm shed | picks mulberry leaves and feeds the worms
    the tea grower | an iron pan | a tin of new tea | on the terrace | picks tea and dries it
    the potter | a wheel | a green bowl | beside the kiln | shapes clay with wet thumbs
    the painter | a fine brush | a picture of hills and water | at the long table | grinds the ink and spreads the paper
    the fiddler | a bow | a new tune | under the pine | tightens the strings and plays
    the cook | a broad knife | a table full of dishes | in the kitchen | chops onions and stirs the pot
    the fisherman | a net | a boat full of herring | out on the sea | casts the net and hauls it in
    the basket maker | a short knife | a pair of baskets | by the reeds | splits canes and weaves them
    the brewer | a copper pan | a barrel of ale | in the cellar | steams the grain and waits
    the miller | a millstone | a sack of flour | in the mill | lifts the sacks and listens to the wheel
    the teacher | a piece of chalk | a board full of words | in the classroom | reads aloud and corrects the copybooks
    the doctor | a silver needle | a clean white bandage | beside the bed | feels the pulse and writes
    the hunter | a bow | a pair of leather boots | in the forest | reads the tracks and tests the wind
    the postman | a bicycle | a bag of good news | on the mountain road | carries letters and rings the bell
    the gardener | a watering can | a bed of roses | among the flowers | waters the beds and cuts the hedge
    the lighthouse keeper | an oil lamp | a beam over the sea | in the tower | cleans the glass and notes the tides
    the baker | a wooden peel | a tray of rolls | before the oven | kneads the dough and lights the fire
    the clockmaker | a pair of tweezers | a clock that never stops | at the small bench | sets tiny wheels in their places`,
  ),
  templates: lines(`
    {time} {who} is {place} and {does}.
    {who} has had {tool} for thirty years and lends it to no one.
    {who} {does}, and by evening there is {makes}.
    {say}, {who} used to say.
    {learner} asked {who} how to make {makes}. {say}, was the answer.
    {time} {learner} goes to {who} to learn the trade {place}.
    Without {tool} {who} could never make {makes}.
    {who} wipes {tool} and hangs it on the wall; tomorrow it will be needed again.
    Everyone likes what {who} makes, for in {makes} there is a little love.
    {who} grew old, gave {learner} {tool}, and said only this: {say}.
    A light still burns {place}, where {who} {does}.
    {learner} took up {tool} for the first time with a shaking hand, and {who} smiled.
    When there was a wedding in the village, {who} brought {makes}.`),
}

const food: Frame = {
  bank: {
    who: phrases(
      "grandmother|my aunt|mother|father|my big sister|the woman next door|the ship's cook|the innkeeper|my uncle|the miller's wife",
    ),
    guest: phrases(
      'the guests|the children|the travellers|my brothers|the sailors|the neighbours|the reapers|the pupils|the two old friends',
    ),
    after: phrases(
      'asked for more|said nothing for a long while|licked the spoons|laughed and talked till late|felt warm to the toes|said that it tasted of home|forgot the rain outside|promised to come again',
    ),
  },
  rows: table(
    'dish needs taste when pot',
    `
    porridge | oats and milk | thick and sweet | on a frosty morning | the black pot
    noodle soup | flour and two eggs | hot and simple | on birthdays | the big pan
    dumplings | cabbage and pork | rich and soft | on New Year's Eve | the steamer
    bean soup | white beans and leeks | mild and good | on rainy days | the clay pot
    rice pudding | rice and cream | smooth and warm | on Sundays | the oven dish
    apple pie | apples and cinnamon | crisp and tart | in September | the baking tin
    fish soup | a carp and some ginger | white as milk | when the boats came in | the copper pot
    corn cakes | new corn meal | crisp outside and soft within | at harvest time | the flat pan
    honey cake | honey and walnuts | dark and sticky | at the turn of the year | the oven
    plum juice | plums and brown sugar | sour and sweet | on hot afternoons | the jar in the well
    baked potatoes | potatoes and salt | plain and hot | on snowy evenings | the embers
    cabbage stew | cabbage and bacon | smoky and filling | after the first frost | the iron pot
    pancakes | eggs, flour and milk | thin and golden | before Lent | the frying pan
    onion bread | onions and rye flour | brown and fragrant | on baking day | the stone oven`,
  ),
  templates: lines(`
    {when} {who} took {needs} and made {dish}.
    Then came {dish}, {taste}, and {guest} {after}.
    {who} makes {dish}, {taste}, with nothing but {needs}.
    From {pot} came the smell of {dish}, and the whole lane knew it.
    {guest} asked {who} how to make {dish}. First you need {needs}, was the reply.
    {when} {guest} came in and saw {dish} in {pot}.
    {who} served {dish}, and {guest} {after}.
    Far from home I think most of {dish} {when}.
    {who} says that {needs} and a patient fire make {dish}.
    The {dish} of other people may be good, but I never had any so {taste}.
    {who} sat by {pot}, fed the fire, and told of the old days.`),
}

const days: Frame = {
  bank: {
    time: phrases(
      'in the morning|towards evening|at midnight|on Saturday|after school|on a day of snow|when the lights went out|after the first spring rain|the day before the journey|just before dawn',
    ),
    weather: phrases(
      'it was raining a little|there was a thick fog|the sun came out|a north wind blew|snow had fallen all night|the moon was full|the sky was very blue|there was not a breath of wind|the grass was white with frost',
    ),
  },
  rows: table(
    'who does place later',
    `
    a little girl | counted the ants on the step | by the door | she fell asleep over them
    the boy | looked for a lost shoe | in the long grass | he found a nest of young hares
    an old man | waited for a letter from far away | outside the post office | the letter really came
    my mother | sewed up a torn jacket | under the lamp | the stitches were as fine as rain
    my father | mended the leaking roof | on the ladder | not a drop came in again
    grandfather | told a story we all knew | by the stove | we listened as if it were new
    my sister | wrote a poem without a title | at the window | she hid it in her schoolbook
    the neighbour | spread the new corn to dry | in the yard | the sparrows had a feast
    the captain | studied an old chart | in his cabin | he knew the bay of his home town
    the student | learned a long poem by heart | under a street lamp | not one word was wrong
    my brother | folded a paper boat | beside the ditch | it sailed out of the lane
    the doorman | fed a spotted cat | at the gate | the cat came every day
    the artist | drew the willows on the far bank | on the bridge | a white heron walked into the picture
    the bride | looked at her face in the glass | at the small table | she turned as red as the sunset
    the soldier | thought of his mother | on the wall | he wrote to her that he was well
    the singer | practised a mountain song | on the slope | someone answered from the other side
    two brothers | carried a basket of stones | at the building site | together they had made a wall
    the traveller | asked the way home | at the fork in the road | a shepherd boy showed him`,
  ),
  templates: lines(`
    {time} {who} {does}, and {weather}.
    {who} sat {place} and {does}, and later {later}.
    {weather}, and {who} was alone {place}.
    That day {weather}, and {who} {does}.
    {time} it was quiet {place}, where {who} {does}.
    No one would have thought it, but {later}.
    {time}, when {weather}, you could see {who} {place}.
    {who} {does} while I looked on, and in the end {later}.
    Many years afterwards I still see {who} {place}.
    {who} {does}. {weather}. Then {later}.`),
}

const sayings: Frame = {
  bank: {},
  rows: table(
    'a b c d',
    `
    the mountain | says nothing | the clouds | come and go
    the seed | lies in the dark | the root | is awake already
    the lamp | is small | the night | is large
    the road | is long | the steps | are short
    the sea | takes everything | the sand | is written on by all
    the book | is closed | the story | walks on
    the snow | makes no sound | the whole village | hears it
    the bridge | stands in the water | the water | never looks back
    the bell | rings three times | the doves | fly one round
    the wall | keeps out the wind | the ivy | climbs over it
    the mirror | knows the face | a friend | knows the heart
    the swing | is empty | the wind | takes a seat
    the tea | is cold | the talk | is warm
    the well | is deep | the stars | are in it too
    the shadow | follows the man | the man | follows the light
    the lock | is rusty | the door | opens by itself`,
  ),
  templates: lines(`
    {a} {b}, and {c} {d}.
    Although {a} {b}, {c} {d}.
    When {a} {b}, {c} {d}.
    The old people say that {a} {b} and {c} {d}, and such is life.
    Look, {c} {d}, and {a} {b}.
    Why is it that {a} {b}, asked the child, and {c} {d}?
    I want to write a poem that begins: {a} {b}, {c} {d}.`),
}

export const peopleFrames: readonly Frame[] = [trades, food, days, sayings]
