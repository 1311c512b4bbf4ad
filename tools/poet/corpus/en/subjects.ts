// First halves of English verse lines, four syllables each: a two-syllable noun and a one-syllable verb that suits it.
// Written for this project; nouns are also what poems are asked about.
import { words } from '../grammar.ts'

export type SubjectClass = {
  readonly nouns: readonly string[]
  /** Whether "a", "one" or "each" may stand before any of them: not before moonlight or clover. */
  readonly countable: boolean
  /** Third person singular, all right for any noun of the class. */
  readonly verbs: readonly string[]
}

export const subjects: readonly SubjectClass[] = [
  {
    countable: true,
    nouns: words(`heron sparrow robin swallow raven blackbird pigeon magpie seagull goldfinch cuckoo falcon
      starling plover kestrel lapwing skylark wagtail`),
    verbs: words('waits sings flies calls wakes turns rests glides hops dives nests'),
  },
  {
    countable: true,
    nouns: words(`rabbit badger hedgehog squirrel otter kitten pony spaniel donkey beaver weasel fieldmouse
      reindeer tortoise foxcub lambkin`),
    verbs: words('sleeps runs hides waits wakes rolls rests creeps turns peeps digs drinks'),
  },
  {
    countable: true,
    nouns: words(`miller shepherd baker sailor weaver farmer piper tailor fiddler blacksmith boatman
      mother daughter grandma grandpa teacher pilgrim stranger painter printer potter tinker carter woodman fisher
      dancer poet drummer keeper sweeper`),
    verbs: words('walks sings waits sleeps smiles kneels dreams works stands hums sits rests'),
  },
  {
    countable: false,
    nouns: words('river water brooklet harbour ocean fountain streamlet current millpond ferry tide-pool wavelet'),
    verbs: words('runs shines sings turns sleeps gleams moves rests glows laughs'),
  },
  {
    countable: false,
    nouns: words(`lantern candle moonlight starlight ember lamplight sunrise sunset twilight firelight rainbow
      daybreak night-light matchlight`),
    verbs: words('burns glows shines waits fades gleams stays hangs comes wakes'),
  },
  {
    countable: false,
    nouns: words(`willow poplar barley clover ivy daisy bluebell primrose thistle heather bramble cherry
      apple rosebud cowslip tulip hawthorn chestnut maple acorn bulrush lily poppy`),
    verbs: words('bends sways grows stirs leans sleeps nods wakes dreams blows'),
  },
  {
    countable: false,
    nouns: words('north-wind thunder shower snowfall hoarfrost raincloud snowflake drizzle east-wind storm-cloud'),
    verbs: words('comes falls drifts sighs turns waits stays rolls rests moves'),
  },
  {
    countable: true,
    nouns: words(`kettle cradle window chimney basket ladder barrow teapot mirror needle hammer anvil
      spindle saddle wagon bucket doorstep cottage church-bell milestone footbridge signpost scarecrow windmill tower
      cellar attic bookshelf blanket curtain`),
    verbs: words('waits stands hums sleeps rests shines dreams stays sighs leans'),
  },
]

/** Openings that may replace "The" before any noun, and those for what can be counted; one syllable, so the beat stays. */
export const determiners: readonly string[] = ['My', 'Our', 'That', 'This']
export const countingDeterminers: readonly string[] = ['A', 'A', 'A', 'One', 'Each', 'No']

/** One-syllable adjectives for a noun of one syllable: "The old moon climbs". */
export const shortSubjects: readonly (readonly [string, string, string])[] = words(`
  old,moon,climbs red,fox,runs white,owl,calls grey,goose,flies brown,hare,leaps young,deer,drinks black,cat,waits
  small,boat,rocks tall,ship,turns blue,smoke,drifts cold,wind,turns warm,rain,falls new,snow,lies first,star,shines
  last,leaf,clings wild,rose,climbs green,hill,sleeps old,oak,creaks slow,bell,rings lost,child,sings
  kind,nurse,smiles proud,cock,crows plump,hen,sits quick,trout,darts shy,mole,digs gold,bee,hums
  pale,moth,turns thin,ice,cracks low,sun,sinks high,cloud,sails old,clock,ticks brave,wren,sings
  grey,wolf,sleeps poor,crow,caws lone,pine,stands sweet,pear,drops
`).map((entry) => {
  const [adjective = '', noun = '', verb = ''] = entry.split(',')
  return [adjective, noun, verb]
})
