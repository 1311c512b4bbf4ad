// Second halves of English verse lines, four syllables each, gathered by rhyme. Written for this project;
// a line is made by grammar from a subject with its verb ("The heron waits") and one of these ("beside the stream").
import { lines } from '../grammar.ts'

/** One list a rhyme; any two of a list rhyme. */
export const endings: readonly (readonly string[])[] = lines(`
  beside the stream | as in a dream | with golden gleam | above the beam | in mist and steam
  without a sound | on frosty ground | where none is found | and turns around | the whole year round
  before the day | not far away | along the bay | across the hay | in evening grey | at end of May
  all through the night | in silver light | just out of sight | on wings of white | so small and bright
  beneath the tree | for all to see | and wanders free | beside the sea | for you and me
  across the hill | and all is still | beside the mill | in morning chill | above the sill
  among the leaves | below the eaves | beside the sheaves | on summer eves
  in falling snow | where rivers go | so soft and low | as lanterns glow | when cold winds blow | a while ago
  upon the stone | and all alone | in undertone | till day has flown | where seeds are sown
  along the lane | in summer rain | across the plain | and then again | through windowpane
  inside the wood | as rivers should | as spirits would | where we once stood
  above the town | in golden brown | as leaves come down | in feather down
  along the shore | for evermore | behind the door | and asks no more | across the floor
  in early spring | to hear it ring | on lifted wing | and learns to sing | around a string
  among the corn | when day is born | on Sunday morn | beside the thorn
  beside the fire | and will not tire | above the spire | on garden wire
  where roses grew | with drops of dew | the long day through | and starts anew | in skies of blue
  beyond the gate | however late | and loves to wait | in quiet state
  around the bend | to meet a friend | till evening's end | with much to mend
  at break of dawn | across the lawn | with curtains drawn | till stars are gone
  in pale moonbeams | beside the streams | and hums, it seems | along the seams
  with open hand | across the land | on silver sand | where children stand
  beneath the moon | one afternoon | and none too soon | and hums a tune | in early June
  along the road | without a load | where reeds were mowed | as morning glowed
  in drifts of white | till fall of night | in evening light | as if in flight
  beside the well | without a bell | with tales to tell | inside a shell | along the dell
  upon the wall | before the fall | and that is all | when winters call | so straight and tall
  in olden time | without a rhyme | where ivies climb | in frost and rime
  behind the house | without a mouse | in coat and blouse
  in coats of gold | before the cold | when days grow old | with hands to hold
  along the sky | as clouds go by | and wonders why | where swallows fly | without a sigh
  beside the bread | with lifted head | and goes to bed | by rivers fed
  across the lake | for old times' sake | and stays awake | when branches break
  at half past three | in company | with honest glee | with flower and bee
  beneath the hedge | along the edge | among the sedge | upon the ledge
  upon the mat | beside the cat | upon the flat | and that was that
  in empty rooms | among the blooms | behind the looms | with pails and brooms
  inside a box | behind the rocks | by ticking clocks | and never knocks
  with wind and tide | on every side | and has no guide | where foxes hide | as fields grow wide
  upon the green | and stays unseen | where frost has been | and light between
  with slow delight | by candlelight | until it's bright | in shirts of white
  along the track | and will come back | with pack on back | in coats of black
  without a word | by no one heard | and nothing stirred | with flower and bird | so undeterred
  for many miles | by rows of stiles | with secret smiles | on kitchen tiles
  in gentle air | at village fair | upon the stair | without a care | with time to spare
  beneath the snow | where no winds blow | by fields below | an hour or so
  as shadows creep | while others sleep | where woods are deep | among the sheep | by hedge and heap
  with quiet pride | where streams divide | until the tide | at eventide
  in empty space | with solemn grace | about the place | in threads of lace | at easy pace
  in garden shade | as colours fade | and unafraid | in leafy glade | where children played
  through frost and fog | beside the dog | upon the log | along the bog
  by open flame | and knows no name | the very same | since autumn came
  as evening falls | by garden walls | when someone calls | in silent halls
  by moss and fern | at every turn | till leaves return | where candles burn
  beneath the rose | and no one knows | when cold wind blows | where clover grows | as daylight goes
  with morning near | throughout the year | when skies are clear | for all to hear
  beside the nest | and takes a rest | from out the west | in Sunday best | on grandma's chest
  upon the ice | and turns round twice | by bowls of rice | with apple spice
`).map((line) => line.split('|').map((ending) => ending.trim()))
