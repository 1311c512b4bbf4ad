// Words for English poems that keep to one subject: sky, weather and the hours. Written for this project.
import { topics } from './topicTypes.ts'

export const skyTopics = topics(`
  the moon | the full moon | moonlight
  The moon climbs up | Her silver shines | The pale light falls | The white moon walks | Her round face smiles | The moonbeams lie | The old moon sails | She lights her lamp | The bright disc hangs | The cool light spills
  above the hill | when all is still | upon the sill | beside the mill
  across the night | in silver light | so round and white | until it's bright
  on roof and wall | upon us all | so thin and tall | as shadows fall
  among the trees | without a breeze | on silver seas | as cool as peas
  along the stream | as in a dream | with gentle gleam
  over the town | in her white gown | and then sinks down

  the stars | the evening star | the night sky
  The stars come out | A small star winks | The first star wakes | The Great Bear turns | The far lights burn | A bright spark hangs | The cold stars wait | A star slips down | The sky looks down
  above the farm | without alarm | and does no harm
  so high and far | where planets are | above the bar
  upon the deep | while children sleep | above the sheep
  like grains of salt | in heaven's vault | without a fault
  beyond the roof | and keeps aloof | like silver proof
  in frosty air | with time to spare | and everywhere

  the sun | the morning sun | sunshine
  The sun gets up | The warm light pours | A gold ray falls | The great sun rolls | The sunshine spreads | The first beam knocks | The light walks in | The red sun sinks | The noon sun burns
  above the wheat | on dusty street | with golden feet | in summer heat
  upon the hay | to start the day | and wants to play | along the bay
  across the floor | at every door | along the shore
  on field and lane | through windowpane | after the rain
  on garden beds | on sleepy heads | in yellow threads
  behind the hill | and pays no bill | upon the sill

  the rain | a spring rain | a rainy day
  The rain comes down | The wet drops fall | A soft rain taps | The gutters sing | The puddles dance | A grey cloud weeps | The shower runs | The dripping stops | The cool rain drums
  upon the pane | along the lane | and drums again | on thirsty grain
  on roof and stone | all night alone | in undertone
  upon the street | with silver feet | on fields of wheat
  on thirsty ground | without a sound | with pattering sound | and all around
  beside the door | and asks for more | for half past four
  on boots and hats | on dogs and cats | on garden slats

  the snow | snowflakes | a snowy night
  The snow comes down | The white flakes fall | A soft flake lands | The cold world sleeps | The snowdrifts grow | The first snow lies | The frost flowers bloom | The flakes spin round | The snowman stands
  upon the stair | in winter air | on grandpa's hair | without a care
  all through the night | in coats of white | so cold and bright
  on hedge and hill | and all is still | upon the sill
  without a sound | on frozen ground | and whirls around
  on every fence | so deep and dense | in innocence
  along the track | on roof and stack | on grandma's back

  the wind | the north wind | an autumn wind
  The wind goes by | A cold gust blows | The north wind howls | The light breeze hums | The wild wind runs | The wind comes home | A soft wind sighs | The storm wind knocks | The air stands still
  across the plain | and back again | with hail and rain
  around the house | without a mouse | with flying blouse
  through open doors | on stony moors | across the floors
  among the trees | and hums with bees | across the seas
  along the street | through ripening wheat | on running feet
  without a name | and feels no shame | to fan the flame

  the clouds | a little cloud | a white cloud
  The clouds go by | A white cloud floats | The great ships sail | A small cloud rests | The grey flock moves | The soft wool drifts | A dark cloud broods | The shadows pass | A pink cloud glows
  across the blue | and changes too | with much to do
  above the hill | and will not spill | and then stands still
  like sheep in spring | upon the wing | on silken string
  so white and slow | on fields below | where breezes blow
  above the plain | and brings the rain | along the lane
  without a road | with heavy load | where daylight glowed

  the rainbow | a rainbow after rain
  The rainbow stands | The colours glow | A bright arch bends | The wet air shines | A ribbon hangs | Seven hues shine | The storm is gone | The last drop falls | The bright bridge leads
  above the lane | after the rain | across the plain
  in red and blue | and violet too | with drops of dew
  on silver air | and isn't there | so bright and fair
  from hill to hill | and bright and still | above the mill
  for you and me | for all to see | across the sea

  the night | midnight | the dark
  The night comes in | The darkness falls | The shadows stretch | The clock strikes twelve | The house lies still | The long night breathes | The dark walks round | The lamps go out | The last bird sleeps
  on velvet feet | along the street | without a beat
  upon the stair | with soft black hair | in cool dark air
  behind the door | across the floor | and nothing more
  in fold and field | like some black shield | with all things sealed
  without a sound | and all around | on sleeping ground
  with stars for eyes | with gentle sighs | in calm disguise

  the morning | the dawn | daybreak
  The morning comes | The cock crows twice | The first light creeps | The mist goes up | A new day wakes | The kettle sings | The curtains part | The east turns red | The village stirs
  across the lawn | at break of dawn | with one big yawn
  in gold and grey | to greet the day | across the hay
  upon the hill | while streets are still | above the mill
  with drops of dew | in skies of blue | so bright and new
  beside the bread | with lifted head | and out of bed
  on bell and tower | at that cool hour | on leaf and flower
`)
