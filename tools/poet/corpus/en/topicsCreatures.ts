// Words for English poems that keep to one subject: creatures. Written for this project.
import { topics } from './topicTypes.ts'

export const creatureTopics = topics(`
  the cat | a kitten | the old cat
  The cat lies curled | The kitten jumps | Two green eyes glow | The soft paws tread | The whiskers twitch | She licks her coat | The grey cat purrs | The tail goes up | She hunts a thread
  upon the mat | and that is that | on grandpa's hat
  behind the chair | upon the stair | without a care
  before the fire | and will not tire | on garden wire
  in search of mice | and turns round twice | and finds it nice
  along the wall | without a fall | across the hall
  in patches warm | and hides from storm | in perfect form

  the dog | a puppy | the old dog
  The dog runs out | The puppy barks | The brown ears flap | He wags his tail | The wet nose sniffs | He guards the house | The old dog dreams | He digs a hole | He hears a step
  along the lane | in sun and rain | and back again
  beside the gate | both soon and late | and loves to wait
  at postman's feet | along the street | for bits of meat
  behind the stick | and he is quick | and gives a lick
  beside the bed | with lifted head | beside the shed
  to meet his friend | around the bend | till evening's end

  the bird | the birds | a little bird
  The small bird sings | A feather falls | The swallows dip | The robin hops | The blackbird calls | The nest is built | The skylark climbs | Two wings go up | The wren peeps out
  on lifted wing | in early spring | and loves to sing
  above the eaves | among the leaves | on summer eves
  at break of day | and flies away | at end of May
  in skies of blue | with much to do | the whole day through
  upon the tree | so light and free | for you and me
  with twig and straw | before the thaw | on tiny claw

  the owl | an owl at night
  The owl looks down | Two round eyes shine | The wise head turns | The brown wings spread | He calls to-whoo | The old owl waits | The feathers brush | The hunter glides | The mouse lies low
  all through the night | in cold moonlight | on silent flight
  among the trees | without a breeze | and sees with ease
  above the barn | beside the tarn | like some old yarn
  on silent wing | and does not sing | till early spring
  behind the tower | at midnight hour | above the bower
  so grave and wise | with lantern eyes | in grey disguise

  the fish | the trout | a goldfish
  The fish swims round | The silver flicks | The fins stand still | The trout leaps up | A bubble climbs | The scales flash bright | The tail beats once | The cool shape glides | The small school turns
  in water clear | and knows no fear | throughout the year
  below the weed | with sudden speed | beside the reed
  beneath the stone | and swims alone | in depths unknown
  around the bowl | without a goal | by rock and hole
  beneath the ice | and turns round twice | on beds of rice
  in shady pool | so green and cool | like one large school

  the horse | a pony | the white horse
  The horse runs out | The strong hooves drum | His long mane flies | The pony trots | He pulls the cart | He lifts his head | The bridle rings | The grey mare feeds | The young foal leaps
  across the plain | in wind and rain | with flying mane
  along the track | with saddled back | with sack on sack
  beside the hay | the livelong day | and starts to neigh
  around the hill | and won't stand still | to reach the mill
  at blacksmith's door | and stamps the floor | for one oat more
  beside the fence | with no pretence | in confidence

  the bee | the bees | a honey bee
  The bees fly out | The small wings hum | The honey drips | She finds a rose | The hive is full | The brown bee sips | She dances home | The striped coat shines | The clover nods
  in summer heat | where blooms are sweet | on dusty feet
  from flower to flower | at noonday hour | beneath the bower
  the livelong day | at end of May | and flies away
  beneath the sun | till work is done | for everyone
  with golden load | and needs no road | where fields were mowed
  in busy throng | with one low song | the whole day long

  the butterfly | a butterfly | butterflies
  The bright wings fold | A petal flies | She tastes the rose | The blue wings blink | She rests a while | The light thing floats | She leaves the leaf | A painted wing lifts | The small ghost drifts
  on summer air | without a care | both here and there
  above the grass | as frail as glass | where children pass
  like paper lace | with easy grace | from place to place
  in yellow coat | and seems to float | by garden boat
  beside the bee | so light and free | for all to see
  and says no word | like some small bird | by no one heard

  the rabbit | the hare | a young hare
  The hare sits up | The long ears twitch | A white tail bobs | The rabbit digs | He hears the fox | The brown hare bolts | He nibbles leaves | The small nose shakes | The young ones sleep
  among the wheat | on nimble feet | and finds it sweet
  beneath the hedge | along the edge | behind the sedge
  in morning dew | with green to chew | in twos and two
  below the ground | without a sound | all safe and sound
  across the snow | as shadows grow | so soft and low
  by light of moon | in early June | and none too soon

  the fox | a red fox
  The red fox trots | The sly nose lifts | He sniffs the air | The thick tail sweeps | He counts the hens | The fox cubs play | The hunter sleeps | He slips away | His bright eyes gleam
  across the snow | on tippy toe | where brambles grow
  beside the den | and back again | and counts to ten
  behind the shed | with lowered head | in rusty red
  along the wall | at evenfall | and hears it all
  around the farm | without alarm | and means no harm
  on silent feet | in search of meat | where two paths meet

  the sheep | the lamb | a little lamb
  The lamb leaps up | The white sheep graze | The shepherd calls | The wool grows thick | The small bell rings | The ewe looks round | The flock moves on | The black one strays | The lambs lie down
  upon the hill | when winds are still | beside the rill
  in morning dew | in twos and two | the whole day through
  before the shears | with woolly ears | and has no fears
  across the grass | and through the pass | in one great mass
  beside the dog | in mist and fog | beside the log
  inside the fold | before the cold | as white as gold

  the frog | a green frog
  The frog leaps in | The green legs kick | He sings at night | The wide mouth smiles | The tadpoles swim | The pond goes plop | The gold eyes blink | He sits and waits | The bullfrog booms
  among the reeds | among the weeds | for what he needs
  beneath the moon | an evening tune | in early June
  upon a leaf | beyond belief | in slow relief
  in muddy pool | so wet and cool | upon his stool
  with one big leap | in waters deep | and falls asleep
  beside the log | in evening fog | like any frog

  the spider | a spider
  The spider spins | A thread is thrown | She waits all day | The web hangs bright | The eight legs run | The silver shakes | She mends the hole | The small fly sings | The dewdrops shine
  from rail to rail | in wind and hail | and does not fail
  across the pane | before the rain | and spins again
  in threads of lace | with patient grace | in that same place
  behind the door | and wants no more | above the floor
  from twig to thorn | on dewy morn | though it is torn
  upon the wall | without a fall | so fine and small

  the snail | a snail
  The snail sets out | His horns reach up | The silver trail | He bears his house | He climbs the stem | The small shell shines | He stops to think | The wet leaf bends | He travels on
  along the wall | and may not fall | so slow and small
  without a rush | beneath the brush | in evening hush
  in morning dew | with shell of blue | the whole day through
  upon the leaf | beyond belief | like some slow thief
  across the stone | and all alone | to lands unknown
  at easy pace | with quiet grace | and wins no race
`)
