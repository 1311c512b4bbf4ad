// Whole English couplets written by hand for this project, for what the grammar of halves cannot say.
// Each line holds one couplet, its two lines parted by a slash.
import { lines } from '../grammar.ts'

export const handMade: readonly string[] = lines(`
  The kettle knows one song by heart; / it sings it when the snowflakes start.
  I lent the moon my longest rope; / she let it down to folk with hope.
  A snail went out to see the king / and came home late the following spring.
  The baker's boy has flour for hair / and leaves white footprints on the stair.
  My shadow learned to walk from me / and now it climbs the apple tree.
  The letter took so long to come / the drum inside my chest went numb.
  Who taught the frost to draw a fern? / The window had the night to learn.
  A pocket is a little cave / for all the things you meant to save.
  The scarecrow has a heart of hay / and lends his hat to birds in May.
  The well is deep, the bucket small; / the morning drinks from one and all.
  Grandfather winds the hallway clock / and hears the old year shut its lock.
  When all the harbour lamps are lit / the sea comes up to count each bit.
  The road is long, the boots are thin, / but there's a song to put them in.
  The apple fell; the orchard heard; / it told the news to every bird.
  An old umbrella, black and bent, / remembers every storm it went.
  A spider strung a thread of rain / across the broken windowpane.
  I asked the stone what it had seen. / It said: when all of this was green.
  The tailor sews the day to night / with tiny stitches, out of sight.
  The goose flies south, the letter north; / the pond waits till they both come forth.
  The miller's cat is white with meal / and chases nothing round the wheel.
  Tomorrow is a door ajar; / come in, come in, whoever you are.
  The ferryman has seen them all: / the bride, the drunk, the boy with a ball.
  The bread is brown, the butter cold, / and here's a tale that won't get old.
  A lighthouse is a patient friend / who says hello, hello, no end.
  The owl asked who, and no one knew; / the wise old echo asked it too.
  One mitten waited on the gate / for hands that grew, and came too late.
  The cherry tree undressed for spring / and dressed again, the silly thing.
  I planted beans along the wall; / they climbed to hear the swallows call.
  The fiddler's elbow sawed the air / and built a dance for all the fair.
  The train goes by with yellow squares / of people reading, unawares.
  The sun is late, the cock is hoarse; / the farmer thanks them both, of course.
  A puddle holds the steeple whole / as gently as a sugar bowl.
  Who mends the nets when boats are in? / The moon, with fingers pale and thin.
  The donkey will not cross the ford; / he thinks the river should be bored.
  My mother hums above the sink / and all the spoons begin to wink.
  The candle wrote upon the wall / a tall, tall tale about us all.
  The potter turned a bowl of clay / and in it kept a rainy day.
  Be quick, said spring; be still, said snow; / the crocus laughed, and had to go.
  The library is full of doors / that open on to distant shores.
  A button rolled beneath the bed / and lives there like a king, it's said.
  Three hens discussed the price of rain / and then discussed it all again.
  The dark has pockets full of light; / it spends a little every night.
  The moon has lost a silver shoe; / the pond has found it, round and new.
  I drew a door upon the wall / and heard a distant cuckoo call.
  A feather fell; the cat looked wise / and hid the answer in her eyes.
  The chimney writes a long grey word / that only can be read by bird.
  The oldest chair beside the fire / has four good legs and won't retire.
  A beetle crossed the road at ten; / at noon he thought, and crossed again.
  The sea sent me a shell to hear; / it whispered salt into my ear.
  The winter coat upon its nail / still holds the pocket of a gale.
  The plough has written, line by line, / a book of bread, a book of wine.
  The broom stood up and danced with dust / until the dustpan said: I must.
  My granny's thimble, small and bright, / goes fishing in the cloth at night.
  The gate that squeaks is only shy; / it practises to say goodbye.
  The soup has stars of yellow fat; / astronomers should look at that.
  The hill put on its cap of rain / and took it off for us again.
  A postage stamp, a tiny king, / rides all the world and owns no thing.
  The stairs go up, the stairs come down, / and never leave to see the town.
  The tulip shut its door at eight; / the bumblebee had come too late.
  Old winter leaned upon the gate / and spring said softly: you must wait.
  The pencil walks on one black toe / and leaves its thinking in a row.
  The bells went out to walk on air / and met the evening on the stair.
  The frog is king of half a pond / and never asks what lies beyond.
  The lamp leans over father's book / and reads the bits that he mistook.
  The fog has rubbed the village out; / one rooster draws it with a shout.
  My garden has a single bean; / it thinks that it is king and queen.
  The wind tried on our washing first / and danced until a button burst.
  A loaf of bread, a cup, a chair: / the king has little more to spare.
  The mouse has dined on candle ends / and glows a little for her friends.
  The willow dips a finger in / to feel how cold the brook has been.
  Good night, said chair; good night, said cup; / the kettle said: I'm staying up.
  The stone I kicked went on ahead / and waited for me by the shed.
`)
