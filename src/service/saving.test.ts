// What leaves: a tuned model saved, opened again from its own bytes, is the same model; its history is Trainer's file.

import { beforeEach, describe, expect, it } from 'vitest'
import {
  listening,
  type OpenedStudio,
  quietly,
  sourceOf,
  type TinyFolder,
  testStudio,
  tinyFolderFiles,
  useRecords,
} from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import { valuesOf as numbersOf } from '../engine/weight.ts'
import type { SavedFile, Slot } from '../protocol/model.ts'
import type { TrainStep } from '../protocol/train.ts'
import { greedy } from '../sft/evaluate.ts'
import { zipFolder } from '../storage/zipFolder.ts'
import { decoderOf } from './studio.ts'

const settings = settingsWith({ num_train_epochs: 2, learning_rate: 1e-2 })

let opened: OpenedStudio
beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
})

async function openAndTrain(options: TinyFolder = {}): Promise<TrainStep[]> {
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles(options)) }, quietly())
  await useRecords(opened, [instruct('a: ', 'hello we', '12'), instruct('b: ', 'sun warm', '345'), instruct('c', '', '6')])
  const { context, events } = listening<'train'>()
  await opened.handlers.train({ slot: 'tuned', settings, leaveOutUnlearnable: false, watch: null }, context)
  return events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))
}

const save = (slot: Slot, name = 'mine') =>
  opened.handlers.saveModel({ slot, name, form: { kind: 'model', dtype: 'checkpoint' }, to: { kind: 'zip' } }, quietly())
const blobOf = ({ content }: SavedFile) => content ?? new Blob()
const writtenBy = async (slot: Slot) => {
  const panes = ['a: ', 'a: hello we', 'zzz'].map((prompt) => ({ slot, prompt }))
  return (await opened.handlers.generate({ panes, max_new_tokens: 24, sampling: greedy }, quietly())).panes
}
async function valuesOf(slot: Slot) {
  const values: [string, number[]][] = []
  for (const [name, tensor] of Object.entries(decoderOf(opened.studio, slot).weights))
    values.push([name, [...(await numbersOf(tensor))]])
  return values
}
const jsonIn = async (zip: Blob, path: string): Promise<unknown> => {
  const folder = await zipFolder('mine', zip)
  const { bytes } = (await folder.list()).find((entry) => entry.path === path) ?? { bytes: 0 }
  return JSON.parse(new TextDecoder().decode(await folder.read(path, 0, bytes)))
}

describe('a tuned model in a zip file', () => {
  it('opened again has the same weights to the bit, and writes the same', async () => {
    await openAndTrain()
    const [weights, written] = [await valuesOf('tuned'), await writtenBy('tuned')]
    const saved = await save('tuned')
    expect(saved).toMatchObject({ name: 'mine.zip', bytes: blobOf(saved).size })
    await opened.handlers.openModel({ source: sourceOf('mine', [{ path: 'mine.zip', file: blobOf(saved) }]) }, quietly())
    expect(await valuesOf('base')).toEqual(weights)
    expect(await writtenBy('base')).toEqual(written)
  })

  it('is a Hugging Face folder with its history and settings', async () => {
    const steps = await openAndTrain()
    const zip = blobOf(await save('tuned'))
    const folder = await zipFolder('mine', zip)
    expect((await folder.list()).map(({ path }) => path).sort()).toEqual(
      [
        'LICENSE',
        'config.json',
        'model.safetensors',
        'tokenizer.json',
        'tokenizer_config.json',
        'trainer_state.json',
        'training_config.json',
      ].map((path) => `mine/${path}`),
    )
    expect(await jsonIn(zip, 'mine/config.json')).toMatchObject({ architectures: ['Qwen2ForCausalLM'], torch_dtype: 'float32' })
    expect(await jsonIn(zip, 'mine/training_config.json')).toEqual(settings)
    expect(await jsonIn(zip, 'mine/trainer_state.json')).toMatchObject({
      epoch: 2,
      global_step: 4,
      max_steps: 4,
      num_train_epochs: 2,
      train_batch_size: 2,
      log_history: steps.map(({ step, epoch, loss, gradNorm, learningRate }) => ({
        step,
        epoch,
        loss,
        grad_norm: gradNorm,
        learning_rate: learningRate,
      })),
    })
  })

  it.each(['F16', 'BF16'] as const)('keeps the form of a base in %s', async (dtype) => {
    await openAndTrain({ dtype })
    const saved = await save('tuned')
    expect(
      await opened.handlers.openModel({ source: sourceOf('mine', [{ path: 'a.zip', file: blobOf(saved) }]) }, quietly()),
    ).toMatchObject({ dtype })
  })
})

it('the base model saved is the base model, without a history', async () => {
  await openAndTrain()
  const weights = await valuesOf('base')
  const zip = blobOf(await save('base', 'copy'))
  const paths = (await (await zipFolder('copy', zip)).list()).map(({ path }) => path)
  expect(paths).not.toContain('copy/trainer_state.json')
  await opened.handlers.openModel({ source: sourceOf('copy', [{ path: 'copy.zip', file: zip }]) }, quietly())
  expect(await valuesOf('base')).toEqual(weights)
})

describe('saving', () => {
  it('tells how far it is', async () => {
    await openAndTrain()
    const { context, events } = listening<'saveModel'>()
    await opened.handlers.saveModel(
      { slot: 'tuned', name: 'mine', form: { kind: 'model', dtype: 'checkpoint' }, to: { kind: 'zip' } },
      context,
    )
    expect(events.at(-1)).toMatchObject({ work: 'saving', unit: 'bytes', done: events.at(-1)?.total })
  })

  it('can be cancelled, and the tuned model is still held', async () => {
    await openAndTrain()
    const { context, cancel } = listening<'saveModel'>()
    const saving = opened.handlers.saveModel(
      { slot: 'tuned', name: 'mine', form: { kind: 'model', dtype: 'checkpoint' }, to: { kind: 'zip' } },
      { ...context, tell: cancel },
    )
    await expect(saving).rejects.toMatchObject({ problem: { code: 'run.cancelled' } })
    expect(blobOf(await save('tuned')).size).toBeGreaterThan(30_000)
  })

  it('needs a model, and a run', async () => {
    await expect(save('base')).rejects.toMatchObject({ problem: { code: 'model.not-open' } })
    await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
    await expect(save('tuned')).rejects.toMatchObject({ problem: { code: 'run.not-trained' } })
    await expect(opened.handlers.saveHistory({ slot: 'tuned' }, quietly())).rejects.toMatchObject({
      problem: { code: 'run.not-trained' },
    })
    expect(opened.studio.busy).toBe(null)
  })
})

it("the history alone is Trainer's trainer_state.json", async () => {
  const steps = await openAndTrain()
  const saved = await opened.handlers.saveHistory({ slot: 'tuned' }, quietly())
  expect(saved).toMatchObject({ name: 'trainer_state.json', bytes: blobOf(saved).size })
  expect(JSON.parse(await blobOf(saved).text())).toMatchObject({ global_step: 4, log_history: { length: steps.length } })
})
