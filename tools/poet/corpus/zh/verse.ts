// Makes Chinese verse: couplets and quatrains of five or seven characters, with and without a request before them.
// Every line is a head and a tail of one bank; even lines rhyme; a poem keeps to one season and one time of day.
// Must not know: which poems were made before, or the demo data.
import type { Random } from '../random.ts'
import { household, people } from './verseHome.ts'
import { hills, waters } from './verseLand.ts'
import { creatures, plants } from './verseLife.ts'
import { lights, weather } from './verseSky.ts'
import type { Rhyme, VerseBank } from './verseTypes.ts'

/** Two banks whose lines stand well side by side in a couplet. */
const pairings: readonly (readonly [VerseBank, VerseBank])[] = [
  [lights, weather],
  [weather, lights],
  [hills, waters],
  [waters, hills],
  [plants, creatures],
  [creatures, plants],
  [people, household],
  [household, people],
  [lights, household],
  [weather, plants],
  [hills, people],
  [waters, creatures],
  [creatures, people],
  [household, plants],
]

/** Two-character openings that make a line of five one of seven; the two of a pair go to the two lines of a couplet. */
const openings: readonly (readonly [string, string])[] = [
  ['江南', '塞北'],
  ['山中', '水上'],
  ['昨夜', '今朝'],
  ['村前', '屋后'],
  ['门外', '窗前'],
  ['云外', '林间'],
  ['半山', '一路'],
  ['几处', '谁家'],
  ['三月', '千里'],
  ['远望', '近听'],
  ['年年', '岁岁'],
  ['一夜', '三更'],
  ['溪头', '陌上'],
  ['东岸', '西村'],
  ['十里', '一川'],
  ['此处', '他乡'],
  ['天边', '眼底'],
  ['桥畔', '堤边'],
  ['忽见', '还闻'],
  ['又见', '犹闻'],
  ['只有', '更无'],
  ['惟有', '曾经'],
  ['独坐', '遥看'],
  ['今宵', '明日'],
]

/** Characters that fix a season or an hour; two that disagree may not meet in one poem. */
const seasons: readonly string[] = ['春桃杏燕柳梨莺鹃', '夏荷蝉莲', '秋菊桂雁枫蟋', '冬雪梅冰']
const hours: readonly string[] = ['月星夜灯萤烛', '日阳午晨朝曦']

function agree(poem: string, kinds: readonly string[]): boolean {
  return kinds.filter((kind) => [...kind].some((character) => poem.includes(character))).length <= 1
}

/** True if no character comes twice: a repeated word is the first thing that makes a made line look made. */
function varied(poem: string): boolean {
  return new Set(poem).size === poem.length
}

export type Couplet = readonly [string, string]

function couplet(banks: readonly [VerseBank, VerseBank], rhyme: Rhyme, first: string | null, random: Random): Couplet {
  const [upper, lower] = banks
  const tails = lower.rhymed.get(rhyme)
  if (tails === undefined) throw new Error(`A bank has no rhyme "${rhyme}"`)
  return [(first ?? random.pick(upper.heads)) + random.pick(upper.open), random.pick(lower.heads) + random.pick(tails)]
}

/** `count` couplets of one rhyme, `first` (or any head) opening the first of them. Draws until the poem is sound. */
function poem(count: 1 | 2, subject: { head: string; bank: VerseBank } | null, random: Random): readonly Couplet[] {
  for (;;) {
    const rhyme = random.pick([...lights.rhymed.keys()])
    const starts = subject === null ? pairings : pairings.filter(([upper]) => upper === subject.bank)
    const opening = random.pick(starts)
    const closing = random.pick(pairings.filter((pair) => !pair.some((bank) => opening.includes(bank))))
    const banks = count === 1 ? [opening] : [opening, closing]
    const five = banks.map((pair, index) => couplet(pair, rhyme, index === 0 ? (subject?.head ?? null) : null, random))
    const text = five.flat().join('')
    if (!varied(text) || !agree(text, seasons) || !agree(text, hours)) continue
    return five
  }
}

/** The same couplets with two characters before each line; null if those drawn do not suit. */
export function lengthened(couplets: readonly Couplet[], random: Random): readonly Couplet[] | null {
  const used = new Set<string>()
  const seven = couplets.map(([upper, lower]): Couplet => {
    const [before, after] = random.pick(openings.filter(([word]) => !used.has(word)))
    used.add(before)
    return [before + upper, after + lower]
  })
  const text = seven.flat().join('')
  return varied(text) && agree(text, hours) && agree(text, seasons) ? seven : null
}

function anyLength(couplets: readonly Couplet[], random: Random): readonly Couplet[] {
  return (random.chance(0.3) ? lengthened(couplets, random) : null) ?? couplets
}

/** A couplet, or a quatrain with a couplet on each line. */
export function chineseVerse(random: Random): string {
  const couplets = anyLength(poem(random.chance(0.25) ? 1 : 2, null, random), random)
  return couplets.map(([upper, lower]) => `${upper}，${lower}。`).join('\n')
}

const requests: readonly string[] = [
  '请你给{head}写一首诗：',
  '请为{head}写一首诗：',
  '给{head}写一首小诗：',
  '请你写一首关于{head}的诗：',
]

/** A request for a poem and, on the same line as in the demo, a quatrain whose first words are its subject. */
export function chineseRequest(random: Random): string {
  const [bank] = random.pick(pairings)
  const head = random.pick(bank.heads)
  const five = poem(2, { head, bank }, random)
  const sevenWanted = random.chance(0.2)
  const couplets = (sevenWanted ? lengthened(five, random) : null) ?? five
  const glue = couplets === five ? '，' : '，\n'
  return random.pick(requests).replace('{head}', head) + couplets.map((pair) => `${pair.join(glue)}。`).join('')
}
