// English poems that keep to one subject: every line draws both its halves from the bank of that subject.
// A request names the subject. Must not know: which poems were made before, or the demo data.
import { lines } from '../grammar.ts'
import type { Random } from '../random.ts'
import { topicCouplets } from './topicCouplets.ts'
import { creatureTopics } from './topicsCreatures.ts'
import { landTopics } from './topicsLand.ts'
import { peopleTopics } from './topicsPeople.ts'
import { skyTopics } from './topicsSky.ts'
import type { Topic } from './topicTypes.ts'

const topics: readonly Topic[] = [...skyTopics, ...landTopics, ...creatureTopics, ...peopleTopics]

/** Different items of a list, in the order drawn. */
function severalOf<T>(items: readonly T[], count: number, random: Random): readonly T[] {
  const chosen = new Set<T>()
  while (chosen.size < count) chosen.add(random.pick(items))
  return [...chosen]
}

const smallWords = new Set('up down out in by off on over back round home low high soft still bright through free'.split(' '))

/** Whether a half line's verb is in the singular: its first word in -s is the verb if nothing but a small word follows. */
function isSingular(first: string): boolean {
  if (/^(?:He|She|It) /.test(first)) return true
  const [, ...rest] = first.split(' ')
  const at = rest.findIndex((word) => word.endsWith('s'))
  const next = rest[at + 1]
  return at >= 0 && (next === undefined || smallWords.has(next))
}

/** "The bees fly out" takes no "and flies away". */
function agree(first: string, tail: string): boolean {
  return !/^(?:and|but) (?:then |no )?\w+s\b/.test(tail) || isSingular(first)
}

/** A couplet of made lines about one topic, of the given halves and of two tails that rhyme. */
function madeCouplet(halves: readonly string[], tails: readonly string[], random: Random): readonly string[] {
  const [first = '', second = ''] = halves
  // The second line of a couplet goes on from the first, in small letters.
  const goesOn = /^I /.test(second) ? second : second.charAt(0).toLowerCase() + second.slice(1)
  return [`${first} ${tails[0]},`, `${goesOn} ${tails[1]}${random.chance(0.1) ? '!' : '.'}`]
}

/**
 * Couplets about one topic, one in five of them by hand; no half line comes twice in a poem.
 * Draws until subjects and verbs agree.
 */
function topicPoem({ names, firsts, rhymes }: Topic, count: number, random: Random): readonly string[] {
  const byHand = topicCouplets.get(names[0] ?? '') ?? []
  for (;;) {
    const halves = severalOf(firsts, count * 2, random)
    const tails = severalOf(rhymes, count, random).flatMap((rhyme) => severalOf(rhyme, 2, random))
    const handMade = severalOf(byHand, count, random)
    if (halves.some((half, index) => !agree(half, tails[index] ?? ''))) continue
    return handMade.flatMap((couplet, index) => {
      const own = (list: readonly string[]) => list.slice(index * 2, index * 2 + 2)
      return random.chance(0.2) ? couplet : madeCouplet(own(halves), own(tails), random)
    })
  }
}

const requests: readonly string[] = lines(`
  Write a poem about {name}:
  Write a poem about {name}:
  Write a short poem about {name}:
  Please write a poem about {name}:
  Please write a short poem about {name}:
  A poem about {name}:
  Write a poem:`)

/** A couplet or a quatrain about one subject, a verse line on each line. */
export function topicVerse(random: Random): string {
  return topicPoem(random.pick(topics), random.chance(0.25) ? 1 : 2, random).join('\n')
}

/** A request and, from the next line on, a quatrain about what it names. */
export function topicRequest(random: Random): string {
  const topic = random.pick(topics)
  const request = random.pick(requests).replace('{name}', random.pick(topic.names))
  return [request, ...topicPoem(topic, 2, random)].join('\n')
}
