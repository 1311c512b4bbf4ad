// Chinese poems that keep to one subject: each draws all its words from the bank of that subject.
// A request names the subject by one of its names. Must not know: which poems were made before, or the demo data.
import { words } from '../grammar.ts'
import type { Random } from '../random.ts'
import { creatureTopics } from './topicsCreatures.ts'
import { landTopics } from './topicsLand.ts'
import { peopleTopics } from './topicsPeople.ts'
import { plantTopics } from './topicsPlants.ts'
import { seasonTopics } from './topicsSeasons.ts'
import { skyTopics } from './topicsSky.ts'
import { thingTopics } from './topicsThings.ts'
import type { Topic } from './topicTypes.ts'
import { type Couplet, lengthened } from './verse.ts'

const topics: readonly Topic[] = [
  ...skyTopics,
  ...seasonTopics,
  ...landTopics,
  ...plantTopics,
  ...creatureTopics,
  ...peopleTopics,
  ...thingTopics,
]

/** True if no two lines begin or end alike, and few characters come twice. */
function sound(couplets: readonly Couplet[]): boolean {
  const verse = couplets.flat()
  const text = verse.join('')
  const ends = verse.map((line) => line.slice(-1))
  const heads = verse.map((line) => line.slice(0, 2))
  return new Set(ends).size === ends.length && new Set(heads).size === heads.length && new Set(text).size >= text.length - 3
}

/** `count` couplets of one rhyme about one topic, five characters a line. Draws until the poem is sound. */
function topicPoem({ odd, even, rhymes }: Topic, count: number, random: Random): readonly Couplet[] {
  for (;;) {
    const rhyme = random.pick(rhymes)
    const couplets = Array.from({ length: count }, (): Couplet => [odd(random), even(rhyme, random)])
    if (sound(couplets)) return couplets
  }
}

const requests: readonly string[] = words(`
  请你给{name}写一首诗： 请为{name}写一首诗： 给{name}写一首小诗： 请你写一首关于{name}的诗：
  写一首关于{name}的诗： 写一首{name}的诗： 以{name}为题写一首诗： 写一首诗： 请写一首诗：`)

/** A couplet or a quatrain about one subject, a couplet on each line. */
export function topicVerse(random: Random): string {
  const five = topicPoem(random.pick(topics), random.chance(0.3) ? 1 : 2, random)
  const couplets = (random.chance(0.25) ? lengthened(five, random) : null) ?? five
  return couplets.map(([upper, lower]) => `${upper}，${lower}。`).join('\n')
}

/** A request and a quatrain about what it names: of five on one line, of seven on four lines, as in the demo. */
export function topicRequest(random: Random): string {
  const topic = random.pick(topics)
  const five = topicPoem(topic, 2, random)
  const seven = random.chance(0.2) ? lengthened(five, random) : null
  const request = random.pick(requests).replace('{name}', random.pick(topic.names))
  if (seven === null) return request + five.map((pair) => `${pair.join('，')}。`).join('')
  return request + seven.map((pair) => `${pair.join('，\n')}。`).join('')
}
