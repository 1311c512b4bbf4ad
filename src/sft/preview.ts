// What a person is shown of an example before it is trained on: its tokens, its segments of one fate, and the figures of all of them.
// Must not know: how it is shown.

import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { DataRecord, PreviewReport, PreviewSegment, PreviewToken, RecordRow } from '../protocol/dataset.ts'
import { type Example, IGNORED } from './example.ts'

const EXCERPT_CHARACTERS = 160
const HISTOGRAM_BINS = 16

/** The longest that an example may be: the person's limit, the tokenizer's, the model's positions, whichever is least. */
export function lengthLimit(maxLength: number | null, tokenizer: TextTokenizer, config: DecoderConfig): number {
  return Math.min(
    maxLength ?? Number.POSITIVE_INFINITY,
    tokenizer.maxLength ?? Number.POSITIVE_INFINITY,
    config.max_position_embeddings,
  )
}

/** Whether a record that was too long is left out of training instead of cut. */
export function isDropped({ truncated }: Example, overlong: 'truncate' | 'drop'): boolean {
  return truncated && overlong === 'drop'
}

/** The beginning of a record, for a list and its search; kept short because the list holds all of them. */
export function excerptOf(record: DataRecord): string {
  if (record.kind === 'tokens') return record.input_ids.slice(0, 40).join(' ')
  const text = record.kind === 'chat' ? record.messages.map(({ content }) => content).join(' ') : record.instruct + record.input
  return text.slice(0, EXCERPT_CHARACTERS).replace(/\s+/g, ' ').trim()
}

/** Every token with its label and its own text. */
export function tokensOf(example: Example, tokenizer: TextTokenizer): PreviewToken[] {
  return example.ids.map((id, position) => ({
    id,
    text: tokenizer.tokenText(id),
    label: example.labels[position] ?? IGNORED,
    special: tokenizer.isSpecial(id),
    straddles: example.straddling.includes(position),
  }))
}

/** Runs of tokens that are all learned or all context, special tokens apart, each decoded as one text. */
export function segmentsOf(example: Example, tokenizer: TextTokenizer): PreviewSegment[] {
  const runs: { kind: PreviewSegment['kind']; special: boolean; ids: number[] }[] = []
  example.ids.forEach((id, position) => {
    const kind = (example.labels[position] ?? IGNORED) === IGNORED ? 'context' : 'learned'
    const special = tokenizer.isSpecial(id)
    const last = runs.at(-1)
    if (last && last.kind === kind && !special && !last.special) last.ids.push(id)
    else runs.push({ kind, special, ids: [id] })
  })
  return runs.map(({ kind, special, ids }) => ({ kind, special, text: tokenizer.decode(ids), tokens: ids.length }))
}

/** The figures of a data set; rows that are left out count only as left out. @param limit tokens that a record may have */
export function statisticsOf(rows: readonly RecordRow[], limit: number): PreviewReport['statistics'] {
  const used = rows.filter(({ leftOut }) => !leftOut)
  const overlong = used.filter(({ truncated }) => truncated)
  const count = (test: (row: RecordRow) => boolean) => used.filter(test).length
  return {
    records: used.length,
    tokens: sum(used, lengthOf),
    learnedTokens: sum(used, ({ learnedTokens }) => learnedTokens),
    longest: used.reduce((most, row) => Math.max(most, lengthOf(row)), 0),
    truncated: count(({ truncated, dropped }) => truncated && !dropped),
    dropped: count(({ dropped }) => dropped),
    straddling: count(({ straddles }) => straddles),
    nothingLearned: count(({ learnedTokens }) => learnedTokens === 0),
    duplicates: count(({ duplicateOf }) => duplicateOf !== null),
    leftOut: rows.length - used.length,
    heldOut: count(({ heldOut }) => heldOut),
    limit,
    overlong: {
      records: overlong.length,
      learnedIfCut: sum(overlong, ({ cut }) => cut.learned),
      learnedIfDropped: sum(overlong, ({ learnedTokens, cut }) => learnedTokens + cut.learned),
    },
    histogram: histogramOf(
      used.map((row) => lengthOf(row) + row.cut.tokens),
      limit,
    ),
  }
}

const lengthOf = ({ contextTokens, learnedTokens }: RecordRow) => contextTokens + learnedTokens

function sum(rows: readonly RecordRow[], value: (row: RecordRow) => number): number {
  return rows.reduce((total, row) => total + value(row), 0)
}

function histogramOf(lengths: readonly number[], limit: number): PreviewReport['statistics']['histogram'] {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  if (longest === 0) return []
  const width = Math.max(1, Math.ceil(longest / HISTOGRAM_BINS))
  const bins = Array.from({ length: Math.ceil(longest / width) }, (_, at) => ({
    upTo: (at + 1) * width,
    records: 0,
    overlong: 0,
  }))
  for (const length of lengths) {
    const bin = bins[Math.max(0, Math.ceil(length / width) - 1)]
    if (!bin) continue
    bin.records++
    if (length > limit) bin.overlong++
  }
  return bins
}
