// The preview: every record tokenised and masked with the open model's tokenizer, what the list shows of it, and one record or batch in full.
// The examples made here are the ones that are trained on; nothing is masked twice in two ways.

import { isSameForm } from '../config/chatForm.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import { ProblemError } from '../problem/problem.ts'
import type { BatchPreview, DataRecord, PreviewReport, PreviewRequest, RecordPreview, RecordRow } from '../protocol/dataset.ts'
import type { Progress } from '../protocol/progress.ts'
import { collate } from '../sft/batch.ts'
import { learnedKind } from '../sft/chat.ts'
import { endProblemOf, learnedEndOf } from '../sft/ends.ts'
import { type Example, exampleOf, IGNORED, learnedTokens } from '../sft/example.ts'
import { excerptOf, isDropped, lengthLimit, segmentsOf, statisticsOf, tokensOf } from '../sft/preview.ts'
import { heldOutRecords } from './heldOutRecords.ts'
import {
  datasetOf,
  modelOf,
  type OpenModel,
  type PreparedExamples,
  type Studio,
  type StudioRecord,
  throwIfCancelled,
} from './studio.ts'
import { nextTurn } from './turn.ts'

export type Context = { tell: (progress: Progress) => void; signal: AbortSignal }

/** How long the thread may be held before messages get their turn. */
const HOLD_MS = 20

/** Tokenises all records, or hands out what the last call made if nothing has changed since. */
export async function prepare(studio: Studio, request: PreviewRequest, context: Context): Promise<PreparedExamples> {
  const model = modelOf(studio)
  const { records } = datasetOf(studio)
  const max_length = lengthLimit(request.max_length, model.tokenizer, model.config)
  const { mask, overlong, chat } = request
  const { prepared } = studio
  const same = prepared?.mask === mask && prepared.max_length === max_length && isSameForm(prepared.chat, chat)
  const before = same ? prepared : null
  const examples = before?.examples ?? (await examplesOf(model, records, request, context))
  const heldOut = heldOutRecords(records, examples, overlong, request.heldOut)
  studio.prepared = { examples, mask, max_length, chat, overlong, heldOut }
  return studio.prepared
}

/** Tokenises and masks records, one after the other. */
export async function examplesOf(
  model: OpenModel,
  records: readonly StudioRecord[],
  request: Pick<PreviewRequest, 'mask' | 'max_length' | 'chat'>,
  { tell, signal }: Context,
): Promise<readonly Example[]> {
  const limit = lengthLimit(request.max_length, model.tokenizer, model.config)
  const examples: Example[] = []
  let heldSince = performance.now()
  for (const { row, record } of records) {
    examples.push(checkedExample(row, exampleOf(record, model.tokenizer, { ...request, max_length: limit }), model))
    if (performance.now() - heldSince < HOLD_MS) continue
    tell({ work: 'tokenising', done: examples.length, total: records.length, unit: 'records' })
    await nextTurn()
    throwIfCancelled(signal, 'preview')
    heldSince = performance.now()
  }
  return examples
}

/** Ids of records that are tokens already may belong to another model. */
function checkedExample(row: number, example: Example, { config }: OpenModel): Example {
  const unknown = (id: number) => id >= config.vocab_size || id < 0
  const outside = example.ids.find(unknown) ?? example.labels.find((label) => label !== IGNORED && unknown(label))
  if (outside === undefined) return example
  throw new ProblemError({
    code: 'model.ids-out-of-range',
    values: { id: outside, rows: config.vocab_size },
    where: `record ${row}`,
  })
}

export async function preview(studio: Studio, request: PreviewRequest, context: Context): Promise<PreviewReport> {
  const prepared = await prepare(studio, request, context)
  const { tokenizer } = modelOf(studio)
  const { records } = datasetOf(studio)
  const rows = records.map((record, index) => rowOf(index, record, prepared))
  const ends = prepared.examples.map((example, at) =>
    endsLearned(example, learnedKind(records[at]?.record.kind ?? 'instruct', prepared.chat), tokenizer),
  )
  // A data set is of one kind.
  const kind = learnedKind(records[0]?.record.kind ?? 'instruct', prepared.chat)
  const end = learnedEndOf(kind, tokenizer) ?? tokenizer.endToken
  return {
    rows,
    statistics: statisticsOf(rows, prepared.max_length),
    endToken: { ...end, learnedInAll: ends.every(Boolean), problem: endProblemOf(kind, tokenizer) },
  }
}

function rowOf(index: number, record: StudioRecord, { examples, overlong, heldOut }: PreparedExamples): RecordRow {
  const example = examples[index]
  const learned = example ? learnedTokens(example) : 0
  const duplicate = record.warnings.find(({ problem }) => problem.code === 'row.duplicate')?.problem
  return {
    index,
    row: record.row,
    excerpt: excerptOf(record.record),
    contextTokens: (example?.ids.length ?? 0) - learned,
    learnedTokens: learned,
    cut: example?.cut ?? { tokens: 0, learned: 0 },
    straddles: (example?.straddling.length ?? 0) > 0,
    truncated: example?.truncated ?? false,
    dropped: example !== undefined && isDropped(example, overlong),
    duplicateOf: duplicate?.code === 'row.duplicate' ? duplicate.values.of : null,
    warnings: record.warnings.filter(({ severity }) => severity === 'warning').length,
    edited: record.original !== null,
    leftOut: record.leftOut,
    heldOut: heldOut.has(index),
  }
}

/** Whether what is learned closes with an end token, or a turn of a conversation with the special token that its template ends it with. */
function endsLearned({ labels, truncated }: Example, kind: DataRecord['kind'], tokenizer: TextTokenizer): boolean {
  const last = labels.findLast((label) => label !== IGNORED)
  if (last === undefined || truncated) return false
  return last === tokenizer.endToken.id || tokenizer.endTokenIds.includes(last) || (kind === 'chat' && tokenizer.isSpecial(last))
}

/** One record in full, of the last preview. */
export async function previewRecord(studio: Studio, { index }: { index: number }): Promise<RecordPreview> {
  const { tokenizer } = modelOf(studio)
  const record = datasetOf(studio).records[index]
  const example = lastPrepared(studio).examples[index]
  if (!record || !example) throw new Error(`there is no record ${index}`)
  const tokens = tokensOf(example, tokenizer)
  const idsWhere = (learned: boolean) => tokens.filter(({ label }) => label >= 0 === learned).map(({ id }) => id)
  return {
    index,
    row: record.row,
    record: record.record,
    tokens,
    segments: segmentsOf(example, tokenizer),
    context: tokenizer.decode(idsWhere(false)),
    learned: tokenizer.decode(idsWhere(true)),
    ids: example.ids,
    labels: example.labels,
    straddles: example.straddling.length > 0,
    truncated: example.truncated,
    dropped: isDropped(example, lastPrepared(studio).overlong),
    endTokenLearned: endsLearned(example, learnedKind(record.record.kind, lastPrepared(studio).chat), tokenizer),
    problems: record.warnings,
    edited: record.original !== null,
    leftOut: record.leftOut,
    heldOut: lastPrepared(studio).heldOut.has(index),
  }
}

/** The batch that a record falls into when records are taken in the file's order, a row each; one that is held out falls into none. */
export async function previewBatch(
  studio: Studio,
  { index, batchSize }: { index: number; batchSize: number },
): Promise<BatchPreview> {
  const { tokenizer } = modelOf(studio)
  const { examples, overlong, heldOut } = lastPrepared(studio)
  const { records } = datasetOf(studio)
  const trained = examples.flatMap((example, at) => {
    const used = !heldOut.has(at) && (at === index || !isDropped(example, overlong))
    return records[at]?.leftOut || !used ? [] : [{ at, example }]
  })
  if (heldOut.has(index)) return { rows: [], length: 0 }
  const place = Math.max(
    0,
    trained.findIndex(({ at }) => at === index),
  )
  const from = Math.floor(place / batchSize) * batchSize
  const members = trained.slice(from, from + batchSize)
  const batch = collate(
    members.map(({ example }) => example),
    tokenizer.padToken.id,
  )
  const cut = <E>(list: readonly E[], row: number) => list.slice(row * batch.length, (row + 1) * batch.length)
  return {
    length: batch.length,
    rows: members.map(({ at }, row) => ({
      index: at,
      input_ids: cut(batch.ids, row),
      attention_mask: cut(batch.attentionMask, row),
      labels: cut(batch.labels, row),
      texts: cut(batch.ids, row).map((id) => tokenizer.tokenText(id)),
    })),
  }
}

function lastPrepared(studio: Studio): PreparedExamples {
  if (studio.prepared === null) throw new Error('preview was not called')
  return studio.prepared
}
