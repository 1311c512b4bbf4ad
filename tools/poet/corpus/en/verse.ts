// Makes English verse: couplets and quatrains of four beats a line, with and without a request before them.
// A line is a subject with its verb and a rhyming half; the nouns of one poem are all different.
// Must not know: which poems were made before, or the demo data.
import { words } from '../grammar.ts'
import type { Random } from '../random.ts'
import { endings } from './rhymes.ts'
import { countingDeterminers, determiners, shortSubjects, subjects } from './subjects.ts'

type Half = { readonly text: string; readonly noun: string }

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'An' : 'A'
}

const watchers: readonly string[] = ['I saw the', 'We heard the', 'I know the', 'We left the', 'I met the', 'You see the']

/** The half line of a given noun, or of any: "The heron waits", "The old moon climbs", "I saw the heron". */
function firstHalf(noun: string | null, ending: string, random: Random): Half {
  if (noun === null && random.chance(0.2)) {
    const [adjective, short, verb] = random.pick(shortSubjects)
    return { text: `The ${adjective} ${short} ${verb}`, noun: short }
  }
  const kind = random.pick(noun === null ? subjects : subjects.filter(({ nouns }) => nouns.includes(noun)))
  const chosen = noun ?? random.pick(kind.nouns)
  // An ending that has a verb of its own needs the subject's verb before it.
  const isPlace = /^(beside|by|beneath|upon|across|along|above|behind|among|beyond|inside|below)\b/.test(ending)
  if (noun === null && isPlace && random.chance(0.2)) return { text: `${random.pick(watchers)} ${chosen}`, noun: chosen }
  const determiner =
    noun !== null || random.chance(0.6)
      ? 'The'
      : random.pick(kind.countable ? [...determiners, ...countingDeterminers] : determiners)
  const first = determiner === 'A' ? article(chosen) : determiner
  return { text: `${first} ${chosen} ${random.pick(kind.verbs)}`, noun: chosen }
}

/** Two different endings of one rhyme, that do not end in the same word. */
function rhyme(group: readonly string[], random: Random): readonly string[] {
  const lastWord = (ending: string) => ending.split(' ').at(-1)
  const first = random.pick(group)
  return [first, random.pick(group.filter((ending) => lastWord(ending) !== lastWord(first)))]
}

/** Lines rhymed in pairs. The given nouns open the first lines; the others draw their own, all different. */
function poem(couplets: 1 | 2, nouns: readonly string[], random: Random): readonly string[] {
  for (;;) {
    const groups = couplets === 1 ? [random.pick(endings)] : [random.pick(endings), random.pick(endings)]
    if (new Set(groups).size < groups.length) continue
    const tails = groups.flatMap((group) => rhyme(group, random))
    const halves = tails.map((ending, index) => firstHalf(nouns[index] ?? null, ending, random))
    if (new Set(halves.map(({ noun }) => noun)).size < halves.length) continue
    return tails.map((ending, index) => {
      const text = halves[index]?.text ?? ''
      // The second line of a couplet goes on from the first, in small letters.
      if (index % 2 === 0) return `${text} ${ending},`
      return `${text.replace(/^[^I]/, (letter) => letter.toLowerCase())} ${ending}${random.chance(0.15) ? '!' : '.'}`
    })
  }
}

/** A couplet or a quatrain, a verse line on each line. */
export function englishVerse(random: Random): string {
  return poem(random.chance(0.3) ? 1 : 2, [], random).join('\n')
}

const requests: readonly string[] = [
  'Write a poem about {subject}:',
  'Write a short poem about {subject}:',
  'Please write a poem about {subject}:',
]

/** "the heron", "the heron in winter", "the heron and the miller": enough kinds that no request need come twice. */
const settings: readonly string[] = words(
  'in_winter in_spring at_dusk at_dawn by_night in_the_rain in_autumn in_May on_the_hill by_the_sea in_the_snow at_noon',
).map((setting) => setting.replaceAll('_', ' '))

/** A request for a poem and, from the next line on, a quatrain whose first words are its subject. */
export function englishRequest(random: Random): string {
  const { nouns } = random.pick(subjects)
  const noun = random.pick(nouns)
  const other = random.pick(random.pick(subjects).nouns.filter((candidate) => candidate !== noun))
  const kind = random.next()
  const both = kind < 0.45
  const subject = both ? `the ${noun} and the ${other}` : kind < 0.85 ? `the ${noun} ${random.pick(settings)}` : `the ${noun}`
  const request = random.pick(requests).replace('{subject}', subject)
  return [request, ...poem(2, both ? [noun, other] : [noun], random)].join('\n')
}
