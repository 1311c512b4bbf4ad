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
`)
