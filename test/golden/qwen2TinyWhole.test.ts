// The numbers of the case that are too many to keep here: every logit, every gradient, every trained weight.
// They lie beside the checkout; test/golden.ts says what happens where they do not.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseSettings } from '../../src/config/settings.ts'
import { startBackend } from '../../src/engine/backends/start.ts'
import { eagerOps } from '../../src/engine/eager.ts'
import { scaled } from '../../src/engine/ops/linear/composed.ts'
import { disposeAll, fromValues, scoped, type Tensor, toValues } from '../../src/engine/tensor.ts'
import { lossAndGradients } from '../../src/engine/training/gradients.ts'
import { readHeader, readTensor } from '../../src/formats/safetensors/read.ts'
import { readDecoderConfig } from '../../src/models/config.ts'
import { hiddenStates, logitsOf, lossSum } from '../../src/models/decoder.ts'
import { collate } from '../../src/sft/batch.ts'
import { train } from '../../src/sft/train.ts'
import { nodeFolder } from '../../src/storage/nodeFolder.ts'
import { goldenFolder } from '../golden.ts'
import { filesIn } from '../studio.ts'
import { type Named, relativeError, tolerances, updateErrors } from './tolerances.ts'

const golden = goldenFolder()
const folder = join(golden ?? '', 'qwen2-tiny')
const kept = join(import.meta.dirname, 'qwen2-tiny')

/** Every tensor of a safetensors file with its shape. */
async function tensorsOf(path: string, name: string): Promise<Map<string, { values: Float32Array; shape: readonly number[] }>> {
  const from = nodeFolder(path)
  const tensors = new Map<string, { values: Float32Array; shape: readonly number[] }>()
  for (const [tensor, entry] of await readHeader(from, name))
    tensors.set(tensor, { values: await readTensor(from, name, tensor, entry), shape: entry.shape })
  return tensors
}

const valuesOf = (tensors: Awaited<ReturnType<typeof tensorsOf>>): Named =>
  new Map([...tensors].map(([name, { values }]) => [name, values]))
const onDevice = (tensors: Awaited<ReturnType<typeof tensorsOf>>) =>
  Object.fromEntries([...tensors].map(([name, { values, shape }]): [string, Tensor] => [name, fromValues(values, shape)]))

type TokenRecord = { input_ids: number[]; labels: number[] }
type StoredBatch = { input_ids: number[][]; attention_mask: number[][]; labels: number[][] }

describe.skipIf(golden === null)('the files that are kept here', () => {
  it.each(['train.jsonl', 'train_config.json', 'curve.json', 'generate.json'])('%s is the reference', (name) => {
    expect(readFileSync(join(kept, name))).toEqual(readFileSync(join(folder, name)))
  })

  it('and the model is', async () => {
    const bytes = async (path: string) =>
      Promise.all(filesIn(path).map(async ({ path: name, file }) => [name, await file.bytes()]))
    expect(await bytes(join(kept, 'model'))).toEqual(await bytes(join(folder, 'model')))
  })
})

describe.skipIf(golden === null).each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startBackend(backend, { wasmFiles: null, isolated: false })
  })
  const readConfig = () => readDecoderConfig(JSON.parse(readFileSync(join(folder, 'model/config.json'), 'utf8')))

  it('logits, loss and every gradient are those of Hugging Face', async () => {
    const config = readConfig()
    const weights = onDevice(await tensorsOf(join(folder, 'model'), 'model.safetensors'))
    const want = await tensorsOf(folder, 'expected.safetensors')
    const stored: StoredBatch = JSON.parse(readFileSync(join(folder, 'batch.json'), 'utf8'))
    const examples = stored.input_ids.map((row, at) => {
      const length = stored.attention_mask[at]?.filter((seen) => seen === 1).length ?? 0
      return { ids: row.slice(0, length), labels: stored.labels[at]?.slice(0, length) ?? [] }
    })
    const batch = collate(examples, 3)
    expect(batch).toMatchObject({
      ids: stored.input_ids.flat(),
      attentionMask: stored.attention_mask.flat(),
      labels: stored.labels.flat(),
    })

    const model = { config, weights, adapter: null }
    const input = { batch: batch.rows, ids: batch.ids, paddedKeys: null }
    const logits = scoped(() => logitsOf(eagerOps, model, hiddenStates(eagerOps, model, input, null).hidden))
    const atRealTokens = (values: Float32Array) => {
      const width = values.length / batch.ids.length
      return [...values].filter((_, at) => batch.attentionMask[Math.floor(at / width)] === 1)
    }
    expect(
      relativeError(atRealTokens(await toValues(logits)), atRealTokens(want.get('logits')?.values ?? new Float32Array())),
    ).toBeLessThan(tolerances.logits)

    const targets = batch.learned.targets.length
    const { loss, gradients } = lossAndGradients(weights, (parameters) =>
      scaled(lossSum(eagerOps, { ...model, weights: parameters }, input, batch.learned), 1 / targets),
    )
    expect(relativeError(await toValues(loss), want.get('loss')?.values ?? [])).toBeLessThan(tolerances.loss)
    const expected = [...want].filter(([name]) => name.startsWith('grad.'))
    expect(expected.map(([name]) => name.slice('grad.'.length)).sort()).toEqual(Object.keys(gradients).sort())
    for (const [name, { values }] of expected) {
      const gradient = gradients[name.slice('grad.'.length)]
      expect(relativeError(gradient ? await toValues(gradient) : [], values), name).toBeLessThan(tolerances.gradient)
    }
    disposeAll([logits, loss])
    disposeAll(gradients)
    disposeAll(weights)
  })

  it('the trained weights are those of Trainer', async () => {
    const start = await tensorsOf(join(folder, 'model'), 'model.safetensors')
    const weights = onDevice(start)
    const lines = readFileSync(join(folder, 'train.jsonl'), 'utf8').trim().split('\n')
    const examples = lines.map((line) => {
      const { input_ids, labels }: TokenRecord = JSON.parse(line)
      return { ids: input_ids, labels, straddling: [], truncated: false }
    })
    const parsed = parseSettings(JSON.parse(readFileSync(join(folder, 'train_config.json'), 'utf8')))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
    const input = { examples, settings: parsed.settings, padTokenId: 3, lengthMultiple: 1 }
    expect(
      await train({ model: { config: readConfig(), weights, adapter: null }, trained: weights }, input, {
        afterStep: async () => 'go-on',
      }),
    ).toMatchObject({
      ended: 'finished',
    })

    const got = new Map<string, Float32Array>()
    for (const [name, tensor] of Object.entries(weights)) got.set(name, await toValues(tensor))
    disposeAll(weights)
    const { all, worst } = updateErrors(got, valuesOf(await tensorsOf(folder, 'tuned.safetensors')), valuesOf(start))
    expect(all).toBeLessThan(tolerances.update)
    expect(worst.error, worst.name).toBeLessThan(tolerances.tensorUpdate)
  })
})
