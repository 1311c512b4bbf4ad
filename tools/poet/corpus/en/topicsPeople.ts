// Words for English poems that keep to one subject: people, their things, and what they feel. Written for this project.
import { topics } from './topicTypes.ts'

export const peopleTopics = topics(`
  my mother | a mother | mother
  My mother sings | Her hands are warm | She mends my coat | She stirs the soup | Her lamp burns low | She hums a tune | She strokes my hair | She calls my name | Her voice is soft
  beside the bed | with nodding head | and breaks the bread
  by candlelight | and says good night | till all is right
  and waits for me | and pours the tea | beside the tree
  with gentle hand | and does not stand | from distant land
  before I sleep | when night is deep | for me to keep
  beside the fire | and does not tire | as flames grow higher

  the fisherman | a fisherman | the old fisherman
  The fisher waits | The nets are cast | His boat goes out | He pulls the rope | The herring shine | He reads the wind | His old pipe glows | The lines hang down | He counts the catch
  upon the sea | till half past three | and hums with glee
  before the day | across the bay | in salty spray
  in morning mist | with turning wrist | for those he missed
  beside the pier | throughout the year | with hope and cheer
  and starts again | with other men | from eight to ten
  around the boat | in oilskin coat | and stays afloat

  the farmer | a farmer
  The farmer ploughs | He sows the corn | His boots are brown | He milks the cow | He feeds the hens | The hay is in | He mends the fence | He looks at clouds | The tractor hums
  at break of dawn | with one long yawn | in wet green lawn
  before the rain | along the lane | and cuts the grain
  across the field | and counts the yield | with roots unpeeled
  beside the barn | and tells a yarn | with socks to darn
  in sun and frost | though some are lost | and counts the cost
  with muddy feet | and sows the wheat | and then will eat

  the baker | a baker | bread
  The baker wakes | The dough is soft | The oven glows | The loaves come out | He kneads and hums | The flour flies | The rolls are brown | He lights the fire | The shop smells good
  before the sun | with bun on bun | till all is done
  at half past four | behind the door | and bakes some more
  with floury hand | for all the land | in trays that stand
  in white and gold | before they're cold | as warm as gold
  along the street | so warm and sweet | for all to eat
  in morning light | with apron white | and crusts that bite

  the sailor | a sailor
  The sailor sings | The ropes are tight | He climbs the mast | The sails fill out | He hauls and pulls | The anchor lifts | He looks for land | His blue eyes shine | The compass points
  across the foam | and far from home | where whales may roam
  before the gale | beneath the sail | and tells a tale
  by light of star | so strange and far | and smells of tar
  from coast to coast | and drinks a toast | and makes a boast
  with wind and tide | on every side | and stars to guide
  in stormy spray | till break of day | in Whitby Bay

  the child | a child | children at play
  The children run | A small boy laughs | The kite goes up | She skips and sings | The ball rolls off | They build a fort | He flies his plane | They count to ten | She hugs her bear
  across the grass | while hours pass | like looking glass
  along the street | on flying feet | with something sweet
  in summer sun | till day is done | for just more fun
  around the tree | for all to see | until it's three
  with muddy knees | as loud as bees | with bread and cheese
  beside the pond | with magic wand | and far beyond

  grandfather | my grandfather | an old man
  The old man nods | His white beard shakes | He winds the clock | He tells a tale | His stick goes tap | He smokes his pipe | He feeds the birds | His glasses slip | He knows a song
  beside the fire | in soft attire | as flames grow higher
  upon the bench | beside the trench | with rusty wrench
  when day is done | and there is fun | beneath the sun
  in his old chair | with silver hair | without a care
  of long ago | so soft and slow | when lamps burn low
  to girls and boys | with wooden toys | above the noise

  the teacher | school | my school
  The school bell rings | The teacher smiles | We learn to spell | The chalk writes on | The pages turn | We read aloud | The pencils move | She points and asks | The children sit
  in rows of ten | with ink and pen | and start again
  upon the board | and none is bored | of their own accord
  at half past eight | and no one's late | beside the gate
  with open book | for one more look | in every nook
  in two straight lines | while summer shines | with words and signs
  and finds the word | that all have heard | by wing of bird

  the king | the queen | the castle
  The king sits down | The queen looks out | The trumpets blow | The banners fly | The feast begins | The knights ride out | The crown is gold | The drawbridge falls | The jester leaps
  inside the hall | before them all | along the wall
  upon the throne | of ancient stone | and all alone
  in cloth of red | with noble head | and goes to bed
  on horses tall | at someone's call | around the wall
  above the gate | in royal state | and has to wait
  in morning sun | when war is done | till peace is won

  home | my home | the house
  The house is small | The door stands wide | The lamp is lit | The kettle sings | The stairs creak soft | The roof stands firm | The fire glows | The table's laid | The clock ticks on
  for you and me | beneath the tree | with toast and tea
  in winter cold | with warmth to hold | so dear and old
  upon the hill | when all is still | with flowered sill
  at end of day | where children play | in evening grey
  with bread and wine | and all is fine | beneath the vine
  for those who come | with quiet hum | from drum to drum

  the book | a book | reading
  The book lies shut | The pages turn | The story starts | The letters march | I read all night | The words take wing | A world springs up | The hero rides | The last page comes
  by candlelight | till late at night | in black and white
  upon my knee | in front of me | by land and sea
  beside the bed | above my head | and must be read
  on quiet shelf | all by itself | like some old elf
  in rainy weather | in brown old leather | like one light feather
  from line to line | with gold design | and all is mine

  a friend | friendship | my friend
  My friend comes in | We share an apple | Two voices laugh | He shakes my hand | We talk for hours | Our footsteps match | She tells me all | We sit and dream | I keep his note
  beside the gate | however late | and loves to wait
  around the bend | until the end | as friend with friend
  through sun and rain | and then again | along the lane
  with honest eyes | without disguise | as daylight dies
  on summer days | in simple ways | by garden ways
  beneath the tree | so glad and free | with cake and tea

  the lamp | the candle | the lantern
  The candle burns | The small flame shakes | The lamp is lit | The wax runs down | The shadows dance | A warm ring glows | The lantern swings | The wick stands up | The light holds out
  beside the book | in every nook | on wall and hook
  against the night | so warm and bright | in yellow light
  upon the sill | so small and still | and works with will
  along the wall | so thin and tall | in room and hall
  for ships at sea | for you and me | till half past three
  above the stair | in stormy air | on mother's hair

  the clock | time | the hours
  The old clock ticks | The hands go round | The minutes march | The hour strikes | The days slip by | The years roll on | The pendulum swings | The cuckoo shouts | The sand runs down
  upon the wall | in empty hall | and counts them all
  from one to ten | and starts again | for maids and men
  without a rest | and does its best | in oaken chest
  like falling sand | through every hand | in every land
  both night and day | and will not stay | and fades away
  in steady beat | on tiny feet | and light and fleet

  the letter | a letter | a letter from home
  The letter comes | The ink is blue | I know the hand | The stamp is bright | The postman rings | The pages smell | I read it twice | The seal is red | She writes to me
  from far away | on market day | at end of May
  beside the gate | though it is late | and bears a date
  from over sea | and all for me | like rosemary
  in words so dear | throughout the year | and home is near
  with news of home | in rain and foam | from ancient Rome
  beneath the lamp | on paper damp | in soldier's camp

  the ship | a boat | the ships
  The ship sails out | The white sails fill | The small boat rocks | The anchor sleeps | The oars dip down | The deck is wet | The funnel smokes | The harbour waits | The keel cuts through
  across the sea | so fast and free | with crew of three
  before the breeze | on rolling seas | by distant quays
  at turn of tide | with wind for guide | so deep and wide
  in evening light | all through the night | and out of sight
  with tea and gold | as tales have told | for young and old
  along the coast | and like a ghost | by lighthouse post

  music | a song | the fiddle
  The fiddle sings | The drums go by | A song floats up | The flute begins | The old tune comes | The strings are plucked | The people dance | The bells join in | She plays for us
  across the square | in evening air | at summer fair
  upon the green | like things unseen | with rests between
  with foot and hand | across the land | with all the band
  so soft and low | both fast and slow | with rosined bow
  till stars come out | with song and shout | and turn about
  for young and old | like threads of gold | until it's cold

  a dream | sleep | a lullaby
  The dream comes in | The pillow waits | My eyes fall shut | The sandman walks | A white boat floats | The room grows dim | The far hills glow | The stars lean down | I fly at night
  on silver feet | beneath the sheet | where rivers meet
  across the deep | and falls asleep | through gates of sleep
  till morning light | all through the night | in gowns of white
  above the town | on thistledown | in slippers brown
  without a sound | and round and round | on velvet ground
  to lands unknown | and not alone | on cloudy throne
`)
