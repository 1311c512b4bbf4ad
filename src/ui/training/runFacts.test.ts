// The card must promise what the run then does.

import { expect, test } from 'vitest'
import { summaryWith } from '../../../test/modelSummary.ts'
import { presets } from '../../config/presets.ts'
import { defaultLora } from '../../config/settings.ts'
import type { PreviewReport, RecordRow } from '../../protocol/dataset.ts'
import type { MemoryReport } from '../../protocol/model.ts'
import { type FactsFrom, runFacts } from './runFacts.ts'

const row = (index: number, change: Partial<RecordRow> = {}): RecordRow => ({
  index,
  row: index + 1,
  excerpt: '',
  contextTokens: 20,
  learnedTokens: 10,
  cut: { tokens: 0, learned: 0 },
  straddles: false,
  truncated: false,
  dropped: false,
  duplicateOf: null,
  warnings: 0,
  edited: false,
  leftOut: false,
  heldOut: false,
  ...change,
})

function reportOf(rows: readonly RecordRow[]): PreviewReport {
  const none = {
    tokens: 0,
    learnedTokens: 0,
    longest: 0,
    truncated: 0,
    straddling: 0,
    nothingLearned: 0,
    duplicates: 0,
    leftOut: 0,
    heldOut: 0,
    limit: 1000,
    overlong: { records: 0, learnedIfCut: 0, learnedIfDropped: 0 },
  }
  const dropped = rows.filter((each) => each.dropped).length
  return {
    rows,
    statistics: { records: rows.length, dropped, histogram: [], ...none },
    endToken: { text: '', id: 0, learnedInAll: true, problem: null },
  }
}

const model = summaryWith()

const from = (rows: readonly RecordRow[], change: Partial<FactsFrom> = {}): FactsFrom => ({
  settings: presets.article,
  preview: { status: 'ready', report: reportOf(rows) },
  hasData: true,
  model,
  memory: null,
  modelOpening: false,
  leaveOutUnlearnable: false,
  watch: { kind: 'none' },
  busy: false,
  ...change,
})

test('left-out and dropped records are no part of the run', () => {
  const facts = runFacts(from([row(0), row(1, { leftOut: true }), row(2, { dropped: true }), row(3)]))
  expect(facts).toMatchObject({ records: 2, learnedTokens: 20, tokens: 60, totalSteps: 10, missing: null })
})

test('records with nothing to learn count until the person lets them go', () => {
  const rows = [row(0), row(1, { learnedTokens: 0 })]
  expect(runFacts(from(rows))).toMatchObject({ records: 2, unlearnable: 1 })
  expect(runFacts(from(rows, { leaveOutUnlearnable: true }))).toMatchObject({ records: 1, unlearnable: 1 })
})

test('what is missing is named, the first thing first', () => {
  expect(runFacts(from([], { hasData: false, model: null })).missing).toBe('data')
  expect(runFacts(from([row(0)], { model: null })).missing).toBe('model')
  expect(runFacts(from([row(0)], { modelOpening: true })).missing).toBe('loading')
  expect(runFacts(from([row(0)], { preview: { status: 'working', report: null } })).missing).toBe('preview')
  expect(runFacts(from([row(0, { dropped: true })])).missing).toBe('nothing')
  expect(runFacts(from([row(0)], { busy: true })).missing).toBe('busy')
})

test('memory is what the worker foresees, and a run that does not fit is not started', () => {
  expect(runFacts(from([row(0)])).bytes).toBeNull()
  const parts = { weights: 10, gradients: 10, optimizer: 20, activations: 5, workspace: 1, copies: 4 }
  const fits: MemoryReport = {
    memory: parts,
    rows: 1,
    length: 8,
    checkpointing: false,
    allowed: null,
    problem: null,
    nearest: null,
  }
  expect(runFacts(from([row(0)], { memory: fits }))).toMatchObject({ bytes: 50, missing: null })
  const values = { needed: 50, allowed: 40, lora: false, batch: 0, length: 0 }
  const tooLarge: MemoryReport = { ...fits, problem: { code: 'run.too-large', values, where: '' } }
  expect(runFacts(from([row(0)], { memory: tooLarge })).missing).toBe('memory')
})

test('with LoRA only the adapter is trained, and there must be one', () => {
  const lora = { ...defaultLora, r: 1, target_modules: ['q_proj'] }
  const settings = { ...presets.article, lora }
  expect(runFacts(from([row(0)], { settings }))).toMatchObject({ trained: 16, missing: null })
  expect(runFacts(from([row(0)], { settings: { ...settings, lora: { ...lora, target_modules: [] } } })).missing).toBe('layers')
})

test('settings of padding that do not go together are named before the run', () => {
  const settings = { ...presets.article, add_pad_token: true }
  expect(runFacts(from([row(0)], { settings })).missing).toBeNull()
  expect(runFacts(from([row(0)], { settings: { ...settings, lora: defaultLora } })).missing).toBe('padWithLora')
  expect(runFacts(from([row(0)], { settings: { ...settings, pad_token_id: 0 } })).missing).toBe('padTwice')
})

test('packed records take fewer rows, and so fewer steps', () => {
  const rows = Array.from({ length: 8 }, (_, index) => row(index))
  const settings = { ...presets.article, packing: true, max_length: 90, per_device_train_batch_size: 1, num_train_epochs: 1 }
  expect(runFacts(from(rows, { settings }))).toMatchObject({ records: 8, rows: 3, totalSteps: 3 })
  // Without a limit a row is as long as the longest record.
  expect(runFacts(from(rows, { settings: { ...settings, max_length: null } }))).toMatchObject({ records: 8, rows: 8 })
})

test('what is held out is not learned', () => {
  const rows = Array.from({ length: 8 }, (_, index) => row(index, { heldOut: index < 3 }))
  const settings = { ...presets.article, eval_strategy: 'epoch' } as const
  expect(runFacts(from(rows, { settings }))).toMatchObject({ records: 5, heldOut: 3, missing: null })
  expect(runFacts(from(rows.slice(3), { settings })).missing).toBe('noneHeldOut')
  expect(runFacts(from(rows, { settings: { ...presets.article, load_best_model_at_end: true } })).missing).toBe('evaluation')
})
