// A [PAD] of its own as the article adds it: the embedding grows by a row, what is saved opens again, and the numbers of the run do not change.

import { beforeEach, describe, expect, it } from 'vitest'
import {
  blobsOf,
  listening,
  type OpenedStudio,
  quietly,
  sourceOf,
  testStudio,
  tinyFolderFiles,
  useRecords,
} from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import type { Settings } from '../config/settings.ts'
import { valuesOf } from '../engine/weight.ts'
import { slotFiles } from './saving.ts'
import { decoderOf, modelOf } from './studio.ts'

const records = [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun', '345'), instruct('c: ', '月 rain', '6')]
const short: Partial<Settings> = { num_train_epochs: 2, per_device_train_batch_size: 3, learning_rate: 1e-2 }

let opened: OpenedStudio
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
  await useRecords(opened, records)
})

async function losses(settings: Partial<Settings>): Promise<number[]> {
  const { context, events } = listening<'train'>()
  const request = {
    slot: 'tuned' as const,
    settings: settingsWith({ ...short, ...settings }),
    leaveOutUnlearnable: false,
    watch: null,
  }
  await opened.handlers.train(request, context)
  return events.flatMap((event) => (event.kind === 'step' ? [event.step.loss] : []))
}

const lora = { r: 2, lora_alpha: 4, lora_dropout: 0, target_modules: 'all-linear' as const, use_rslora: false }

it('grows the embedding by one row, the mean of the others, and teaches the same', async () => {
  const without = await losses({})
  const own = await losses({ add_pad_token: true })
  own.forEach((loss, at) => {
    // The new row takes part in the softmax: a vocabulary of 266 in place of 265.
    expect(Math.abs(loss - (without[at] ?? Number.NaN))).toBeLessThan(0.02)
  })
  const { config, weights } = decoderOf(opened.studio, 'tuned')
  expect(config.vocab_size).toBe(266)
  const table = weights['model.embed_tokens.weight']
  expect(table?.shape).toEqual([266, 16])
  expect(decoderOf(opened.studio, 'base').config.vocab_size).toBe(265)
})

it('starts the row as the mean', async () => {
  await losses({ add_pad_token: true, max_steps: 1, learning_rate: 0 })
  const table = decoderOf(opened.studio, 'tuned').weights['model.embed_tokens.weight']
  const values = table ? [...(await valuesOf(table))] : []
  for (let column = 0; column < 16; column++) {
    let sum = 0
    for (let row = 0; row < 265; row++) sum += values[row * 16 + column] ?? Number.NaN
    expect(values[265 * 16 + column]).toBeCloseTo(sum / 265, 5)
  }
})

it('is saved so that it opens again, with [PAD] as its padding token', async () => {
  await losses({ add_pad_token: true })
  const files = await blobsOf(slotFiles(opened.studio, 'tuned', { kind: 'model', dtype: 'checkpoint' }))
  const again = testStudio()
  await again.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  const summary = await again.handlers.openModel({ source: sourceOf('again', files) }, quietly())
  expect(summary).toMatchObject({ padToken: '[PAD]', vocab_size: 266 })
  expect(modelOf(again.studio).tokenizer.encode('[PAD]')).toEqual([265])
})

describe('refused', () => {
  const reason = (settings: Partial<Settings>) => expect(losses(settings)).rejects
  it('two tokens for padding, an embedding that LoRA leaves alone, a token that the model has not', async () => {
    await reason({ add_pad_token: true, pad_token_id: 3 }).toMatchObject({ problem: { values: { setting: 'add_pad_token' } } })
    await reason({ add_pad_token: true, lora }).toMatchObject({ problem: { values: { setting: 'add_pad_token' } } })
    await reason({ pad_token_id: 265 }).toMatchObject({ problem: { values: { setting: 'pad_token_id' } } })
  })
})
