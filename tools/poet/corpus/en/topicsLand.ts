// Words for English poems that keep to one subject: seasons, land and water. Written for this project.
import { topics } from './topicTypes.ts'

export const landTopics = topics(`
  spring | the spring | a day in spring
  The spring is here | The green buds break | The lambs run out | A cuckoo calls | The ice lets go | The crocus wakes | The brooks run high | The south wind blows | The hedges bloom
  on hill and wing | and wants to sing | upon the wing
  in yellow dress | with gentleness | in watercress
  along the lane | in April rain | on field and plain
  with drops of dew | in skies of blue | as good as new
  beneath the sun | with one new bun | and all have fun
  among the sheep | from winter sleep | where lambkins leap

  summer | a summer day | the summer
  The summer hums | The hay lies cut | The bees are loud | The poppies burn | The children swim | The long day stays | The wheat turns gold | The lake lies warm | The crickets sing
  in golden heat | across the wheat | on naked feet
  all afternoon | beneath the moon | in early June
  in clover deep | among the sheep | and falls asleep
  below the trees | without a breeze | with honeybees
  beside the lake | and stays awake | with bread and cake
  in cotton shirts | with yellow skirts | and nothing hurts

  autumn | an autumn day | the fall
  The autumn comes | The leaves fall down | The apples drop | The geese fly south | The barns are full | A red leaf turns | The mist lies low | The nuts are ripe | The cart rolls home
  in gold and red | above my head | beside the shed
  with golden brown | about the town | in thistledown
  before the cold | in red and gold | as days grow old
  along the lane | in heavy rain | with sacks of grain
  upon the ground | without a sound | and all around
  from every tree | for you and me | across the lea

  winter | the winter | a winter night
  The winter comes | The pond lies hard | The cold wind bites | The fire burns | The robin hops | The days are short | The icebells hang | The sledges fly | The bare trees wait
  in fields of snow | with lamps aglow | with tunes to blow
  on frozen ground | without a sound | and sleeps so sound
  beside the flame | in one old game | the very same
  with frosty breath | as still as death | beside Aunt Beth
  in woollen socks | by ticking clocks | on icy rocks
  until the spring | upon one wing | with songs to sing

  the sea | the ocean | the waves
  The sea rolls in | The waves run up | The white foam flies | The tide goes out | A big wave breaks | The gulls cry out | The water sleeps | The salt wind blows | The green sea sings
  upon the sand | to meet the land | with open hand
  along the shore | for evermore | with mighty roar
  in evening grey | across the bay | with clouds of spray
  on rock and stone | all night alone | in undertone
  as deep as sleep | where fishes leap | and secrets keep
  around the boat | and stays afloat | in soft green coat

  the river | the brook | a stream
  The river runs | The water laughs | The brook slips by | The ripples play | A trout leaps up | The current turns | The reeds bend down | The stream winds on | The clear pool shines
  down to the sea | so glad and free | by rock and tree
  around the bend | to meet a friend | and has no end
  below the mill | around the hill | and won't stand still
  beneath the bridge | behind the ridge | with song of midge
  on pebbled floors | past garden doors | by willow shores
  in silver light | by day and night | and out of sight

  the mountain | the hill | the mountains
  The mountain stands | The high peak gleams | The old rocks wait | The eagles wheel | The path winds up | The snowcap glows | The stones lie still | The pines climb up | The echo calls
  against the sky | where eagles fly | so steep and high
  in mist and cloud | alone and proud | and not too loud
  above the snow | with sheep below | where no trees grow
  behind the town | in his white crown | and won't come down
  in evening red | with lifted head | above my bed
  and says no word | as someone heard | like some great bird

  the forest | the wood | the old wood
  The forest breathes | The tall trees stand | The deer steps out | A twig snaps loud | The ferns uncurl | The owl looks down | The moss grows thick | The path grows dim | A squirrel runs
  in leafy shade | beside the glade | and unafraid
  on mossy floor | and asks no more | by oaken door
  where shadows creep | in silence deep | while others sleep
  among the leaves | where spider weaves | on summer eves
  on silent feet | where two paths meet | in summer heat
  and all is green | and quite unseen | with light between

  the road | the path | a long road
  The road goes on | The path winds up | The milestones wait | The wheels roll by | The dust flies up | The footprints lead | The signpost points | The long way bends | The traveller walks
  across the plain | in sun and rain | and back again
  around the bend | to meet a friend | and knows no end
  beyond the hill | past inn and mill | and farther still
  from town to town | both up and down | in dusty brown
  for many a mile | by gate and stile | and rests a while
  beneath the moon | with whistled tune | in dusty June

  the garden | a garden | the flowers
  The garden wakes | The roses climb | The beans grow tall | A bee drops in | The lilies nod | The tulips stand | The spade digs deep | The daisies laugh | The herbs smell sweet
  along the wall | in spring and fall | so straight and tall
  in rows of red | in one warm bed | beside the shed
  with drops of dew | in white and blue | the long day through
  beside the gate | both soon and late | with flowers that wait
  in morning sun | and one by one | till day is done
  for bird and bee | for you and me | beneath the tree

  the tree | the old oak | an apple tree
  The old tree stands | The branches sway | The green leaves talk | The roots go down | An apple falls | The bark is rough | The blossoms blow | The acorns drop | The tall trunk creaks
  upon the hill | when winds are still | above the mill
  in wind and rain | and grows again | beside the lane
  beside the wall | from spring to fall | so broad and tall
  above the grass | where lovers pass | as clear as glass
  where children play | the livelong day | at end of May
  with nests for birds | and needs no words | by flocks and herds

  the field | the harvest | the wheat field
  The wheat stands tall | The corn turns gold | The plough goes up | The sower walks | The reapers sing | The lark goes up | The scythes swing low | The sheaves lie tied | The barn doors yawn
  across the land | with steady hand | in rows they stand
  in summer heat | on tired feet | and bread is sweet
  before the rain | along the lane | with carts of grain
  from dawn to dusk | with chaff and husk | with smell of musk
  at harvest time | with bells that chime | and songs that rhyme
  in morning light | in scarves of white | until the night
`)
