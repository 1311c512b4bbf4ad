// Whole English couplets written by hand for this project, each for one subject, named before it as the subject's first name.
// They stand among the made couplets of that subject. A slash parts their lines.
import { lines } from '../grammar.ts'

const text = `
  the moon: The moon is but a silver spoon / that stirs the sleepy cup of June.
  the moon: She lent the lake her only ring; / it trembles there, a shaken thing.
  the moon: Who hung that lantern on the wood? / The night, as only evening could.
  the stars: The stars are crumbs of daylight's bread / that darkness scattered overhead.
  the stars: I counted seven, lost my place, / and started at the moon's white face.
  the stars: They travel far, they travel long / to reach my window with a song.
  the sun: The sun has come to paint the town / and lay a golden carpet down.
  the sun: He never asks who is awake; / he knocks, and warms the loaf we bake.
  the rain: The rain is learning how to play / upon a roof of tin and grey.
  the rain: It drew a river on the glass / and let a tiny ocean pass.
  the rain: The roses lift their cups to drink; / the clouds have spilled a pot of ink.
  the snow: The snow forgot to make a sound / and laid a letter on the ground.
  the snow: The gate has put a bonnet on; / the path to yesterday is gone.
  the wind: The wind has neither hand nor key / and yet it opens every tree.
  the wind: It stole my hat, it rang the bell, / it had a hundred tales to tell.
  the clouds: A whale, a tower, then a sheep: / the clouds have dreams but do not sleep.
  the clouds: They pull their shadows up the hill / and park them gently by the mill.
  the rainbow: When rain and sunlight shake their hands / a painted ribbon crowns the lands.
  the rainbow: I ran to touch its nearest end; / it moved away, my shining friend.
  the night: The night has buttoned up its coat / and rows the village like a boat.
  the night: The dark is only day that rests / with all its birds inside their nests.
  the morning: The morning lifts the latch of night / and fills the empty jug with light.
  the morning: The cock has blown his trumpet twice; / the sun comes up as round as rice.
  spring: The spring has come without a knock / and put a bud in every lock.
  spring: The brook has learned to talk again; / the thaw is running down the lane.
  summer: The summer lies along the wall / and lets its ripened apricots fall.
  summer: The days are long as country lanes; / the cherries leave their purple stains.
  autumn: The autumn counts its yellow coins / where garden path and orchard joins.
  autumn: The swallows pack their bags and go; / the pumpkins sit in one fat row.
  winter: The winter writes in black and white / and reads it to us every night.
  winter: The pond has shut its shining door; / the ducks will skate upon its floor.
  the sea: The sea has rolled its sleeves of foam / and brings the tired herring home.
  the sea: It folds a letter, blue on blue, / and hands it, wave by wave, to you.
  the river: The river never learned to stay; / it says good morning on its way.
  the river: It takes the mountain, grain by grain, / and builds a beach of it again.
  the mountain: The mountain wears the evening late, / a king who has no need of state.
  the mountain: I asked it what the years had been; / it showed me stone, and moss between.
  the forest: The forest keeps a thousand rooms / and sweeps them all with leafy brooms.
  the forest: Each mushroom is a little inn / where beetles drop their parcels in.
  the road: The road is long but knows the way; / it carried grandfather one day.
  the road: Put bread and apples in your pack; / the road goes out, the road comes back.
  the garden: The garden gate is never shut; / the path of pebbles smells of nut.
  the garden: The beans have climbed to see the view; / the lettuce wears its pearls of dew.
  the tree: The tree has lost its leaves once more / and saved its summer in the core.
  the tree: A hundred rings, a hundred years: / it heard our grandsires' hopes and fears.
  the field: The field has put its gold away / in barns that smell of sun and hay.
  the field: One little seed, one drop of rain, / and look: a loaf of bread again.
  the cat: The cat has nothing left to do / but fold her paws and look at you.
  the cat: Her purring is a little mill / that grinds the evening, soft and still.
  the dog: The dog believes that every stick / was thrown by magic, long and quick.
  the dog: He keeps the house, he knows the street, / he warms my two unwilling feet.
  the bird: The bird has but a crumb for bread / and sings as if it had been fed.
  the bird: Who taught the swallow how to sew / the morning air to fields below?
  the owl: The owl has read the book of night / and needs no candle for the light.
  the owl: Two golden moons, one whispered word, / and off he goes, the clever bird.
  the fish: The fish has silver in her purse / and does not know a single verse.
  the fish: She wears the river as a gown / and never lets her eyelids down.
  the horse: The horse has thunder in his feet / and loves an apple, red and sweet.
  the horse: He dreams of hills behind the gate / and stamps because the spring is late.
  the bee: The bee has powder on her knees / and carries summer through the trees.
  the bee: One spoon of honey, clear and slow: / ten thousand flowers made it so.
  the butterfly: A petal tired of its stem / sewed wings along its silken hem.
  the butterfly: She reads the garden, page by page, / and lives a day, and calls it age.
  the rabbit: The rabbit has a cotton tail / and leaves no letters on the trail.
  the rabbit: He keeps his ears upon the breeze / and eats the farmer's early peas.
  the fox: The fox has borrowed autumn's coat / and wears a kerchief at his throat.
  the fox: He bids the chickens all good night / and walks around the moon's white light.
  the sheep: The sheep have eaten half the hill; / the other half is hungry still.
  the sheep: A cloud came down to taste the grass / and bleated when it saw us pass.
  the frog: The frog has one green song to sing / and thinks the puddle made him king.
  the frog: He jumped into the moon, kersplash, / and broke it with a silver crash.
  the spider: The spider mends her window lace / and never leaves her dinner place.
  the spider: She caught a fly, she caught the dew, / she caught the morning, shining through.
  the snail: The snail is never far from home; / his roof goes with him where they roam.
  the snail: He left at dawn, he walked all day, / and crossed the step, and had to stay.
  my mother: My mother knows where things are kept: / the string, the tears that no one wept.
  my mother: She cut the bread, she cut it wide / and spread some summer on its side.
  the fisherman: He throws his net on waters grey / and pulls the silver out of day.
  the fisherman: His hands are rope, his beard is salt; / he never finds the sea at fault.
  the farmer: He writes with plough, he reads with rain, / and signs his name in golden grain.
  the farmer: The farmer knows the ground by smell; / it tells him what it cannot tell.
  the baker: The baker's moon is made of dough; / he puts it where the embers glow.
  the baker: While all the street is fast asleep / he wakes the loaves from cradles deep.
  the sailor: The sailor has the sea for floor / and carries home a shell, no more.
  the sailor: He sends a kiss on every breeze; / it gets home late, by way of seas.
  the child: The child has made a ship of chairs / and sails it past the kitchen stairs.
  the child: One shoe is lost, one knee is green; / the finest day there's ever been.
  grandfather: Grandfather keeps beneath his hat / the wars, the weddings, and all that.
  grandfather: He walks as slowly as the light / that leaves the orchard every night.
  the teacher: She wrote a word upon the board / and in the room a river roared.
  the teacher: A little chalk, a little time, / and thirty children make a rhyme.
  the king: The king has pockets deep and wide / and not a single nut inside.
  the king: He owns the hill, he owns the town, / but cannot sleep beneath his crown.
  home: The house has one warm yellow eye / that watches for us, by and by.
  home: The key knows well the lock it turns, / the hand, the hearth on which it burns.
  the book: A book is but a folded sea; / unfold it, and it carries me.
  the book: It sat for years upon the shelf / and told its story to itself.
  a friend: A friend is one who brings the rain / a hat, and takes it home again.
  a friend: We shared the apple, shared the core, / and planted it beside the door.
  the lamp: A little flame, a little glass, / and all the frightened shadows pass.
  the lamp: It cannot light the field or street, / but shows a step before our feet.
  the clock: The clock has hands but cannot hold / one minute, be it lead or gold.
  the clock: It walks all day and stands there yet, / and calls the hours we forget.
  the letter: The letter crossed the hill and sea / and had one word inside for me.
  the letter: I read between each slanting line / a hand that once was held in mine.
  the ship: The ship has folded up her wings / and sleeps among the harbour rings.
  the ship: She carries tea and wool and wine, / and someone's heart along the line.
  music: A song went walking down the street / and gave the stones a pair of feet.
  music: The fiddle laughed, the fiddle wept, / and woke the dance where it had slept.
  a dream: I found a key, I found a stair, / and when I woke it was not there.
  a dream: The pillow is a boat of white; / it never leaves, and sails all night.
`

/** Couplets of two lines by the subject they are about. */
export const topicCouplets: ReadonlyMap<string, readonly (readonly [string, string])[]> = (() => {
  const byName = new Map<string, (readonly [string, string])[]>()
  for (const line of lines(text)) {
    const [, name = '', first = '', second = ''] = /^([^:]+): (.+) \/ (.+)$/.exec(line) ?? []
    byName.set(name, [...(byName.get(name) ?? []), [first, second]])
  }
  return byName
})()
