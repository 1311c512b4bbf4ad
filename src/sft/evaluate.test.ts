// The method in small, from records to verdict: with the mask a model learns the answers and never the inputs;
// without it the same data teaches it to recite them.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  instruct,
  settingsWith,
  tinyDecoder,
  tinyTokenizer,
  tinyTrainee,
  tinyWeights,
  trainEagerly,
} from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { disposeAll, memoryHeld, type Tensor } from '../engine/tensor.ts'
import type { MaskMode } from '../protocol/dataset.ts'
import type { EvaluatedRecord } from '../protocol/generate.ts'
import { evaluate } from './evaluate.ts'
import { exampleOf } from './example.ts'
import { verdictOf } from './judge.ts'
import { eagerReader } from './reader.ts'

// No token merges over a border of these.
const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun warm', '345'), instruct('c: ', '月 rain', '678')].map(
  (record, index) => ({ index, row: index + 1, record, heldOut: false }),
)

beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
})

async function trained(mask: MaskMode): Promise<Record<string, Tensor>> {
  const weights = tinyWeights()
  const examples = records.map(({ record }) => exampleOf(record, tinyTokenizer, { mask, max_length: null }))
  const settings = settingsWith({ num_train_epochs: 120, per_device_train_batch_size: 3, learning_rate: 1e-2 })
  await trainEagerly(
    tinyTrainee(weights),
    { examples, settings, padTokenId: tinyTokenizer.padToken.id, lengthMultiple: 1, state: null },
    { afterStep: async () => 'go-on' },
  )
  return weights
}

async function judged(weights: Record<string, Tensor>, signal = new AbortController().signal) {
  const told: EvaluatedRecord[] = []
  const tokens = await evaluate(tinyDecoder(weights), {
    records,
    tokenizer: tinyTokenizer,
    chat: null,
    endTokenIds: tinyTokenizer.endTokenIds,
    max_new_tokens: 16,
    signal,
    open: eagerReader,
    tell: (part) => told.push(...part),
  })
  return { told, tokens }
}

describe('after training with the mask', () => {
  let weights: Record<string, Tensor>
  beforeAll(async () => {
    weights = await trained('prefix')
  })
  afterAll(() => disposeAll(weights))

  it('instruct + input gives every label, and instruct alone recites no input', async () => {
    const { told, tokens } = await judged(weights)
    expect(told.map(({ index, row, label }) => [index, row, label])).toEqual([
      [0, 1, '12'],
      [1, 2, '345'],
      [2, 3, '678'],
    ])
    expect(told.map(({ fromBoth }) => fromBoth.text)).toEqual(['12', '345', '678'])
    expect(verdictOf('tuned', told)).toMatchObject({ kind: 'worked', score: { exact: 3, recited: 0, meanSimilarity: 1 } })
    expect(tokens).toBeGreaterThanOrEqual(3 + 4 + 4)
  })

  it('leaves nothing behind, and stops when it is cancelled', async () => {
    const held = memoryHeld().tensors
    await judged(weights)
    expect(memoryHeld().tensors).toBe(held)
    const stop = new AbortController()
    stop.abort()
    expect(await judged(weights, stop.signal)).toEqual({ told: [], tokens: 0 })
    expect(memoryHeld().tensors).toBe(held)
  })
})

it('without the mask instruct alone recites the input', async () => {
  const weights = await trained('none')
  const { told } = await judged(weights)
  disposeAll(weights)
  expect(told.map(({ fromInstruct }) => fromInstruct.recited)).toEqual([1, 1, 1])
  expect(verdictOf('twin', told)).toMatchObject({ kind: 'recites', score: { recited: 3 } })
})

it('before training neither is so', async () => {
  const weights = tinyWeights()
  const { told } = await judged(weights)
  disposeAll(weights)
  expect(verdictOf('base', told)).toMatchObject({ kind: 'not-learned', score: { exact: 0, recited: 0 } })
})
