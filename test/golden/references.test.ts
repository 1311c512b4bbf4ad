// A model of each architecture against Hugging Face's numbers: every logit, the loss, every gradient, the curve and the weights that
// Trainer arrives at, all that is trained in full. The files lie beside the checkout; test/golden.ts says what happens where they do not.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSettings } from '../../src/config/settings.ts'
import { eagerOps } from '../../src/engine/eager.ts'
import { scaled } from '../../src/engine/ops/linear/composed.ts'
import { onEveryBackend } from '../../src/engine/opTable/backends.ts'
import { disposeAll, fromValues, scoped, type Tensor, toValues } from '../../src/engine/tensor.ts'
import { lossAndGradients } from '../../src/engine/training/gradients.ts'
import { readHeader, readTensor } from '../../src/formats/safetensors/read.ts'
import { readDecoderConfig } from '../../src/models/config.ts'
import { hiddenStates, logitsOf, lossSum } from '../../src/models/decoder.ts'
import { parameterShapes } from '../../src/models/parameters.ts'
import type { TrainStep } from '../../src/protocol/train.ts'
import { collate } from '../../src/sft/batch.ts'
import { train } from '../../src/sft/train.ts'
import { nodeFolder } from '../../src/storage/nodeFolder.ts'
import { goldenFolder } from '../golden.ts'
import { type CurveStep, expectCurve, type Named, relativeError, tolerances, updateErrors } from './tolerances.ts'

const golden = goldenFolder()
const kept = join(import.meta.dirname, 'qwen2-tiny')

type StoredTensors = Map<string, { values: Float32Array; shape: readonly number[] }>

/** Every tensor of a safetensors file with its shape. */
async function tensorsOf(path: string, name: string): Promise<StoredTensors> {
  const from = nodeFolder(path)
  const tensors: StoredTensors = new Map()
  for (const [tensor, entry] of await readHeader(from, name))
    tensors.set(tensor, { values: await readTensor(from, name, tensor, entry), shape: entry.shape })
  return tensors
}

const valuesOf = (tensors: StoredTensors): Named => new Map([...tensors].map(([name, { values }]) => [name, values]))
const onDevice = (tensors: StoredTensors) =>
  Object.fromEntries([...tensors].map(([name, { values, shape }]): [string, Tensor] => [name, fromValues(values, shape)]))

type TokenRecord = { input_ids: number[]; labels: number[] }
type StoredBatch = { input_ids: number[][]; attention_mask: number[][]; labels: number[][] }

describe.skipIf(golden === null)('the files of qwen2-tiny that are kept here', () => {
  const folder = join(golden ?? '', 'qwen2-tiny')

  const files = ['train.jsonl', 'train_config.json', 'curve.json', 'generate.json']
  const modelFiles = ['config.json', 'generation_config.json', 'model.safetensors'].map((file) => join('model', file))
  it.each([...files, ...modelFiles])('%s is the reference', (name) => {
    expect(readFileSync(join(kept, name))).toEqual(readFileSync(join(folder, name)))
  })
})

describe.skipIf(golden === null).each(['qwen2-tiny', 'llama-tiny', 'qwen3-tiny'])('%s', (name) => {
  const folder = join(golden ?? '', name)
  const textOf = (file: string) => readFileSync(join(folder, file), 'utf8')
  const readConfig = () => readDecoderConfig(JSON.parse(textOf('model/config.json')))

  it('its weights are the parameters that its configuration asks for', async () => {
    const stored = await tensorsOf(join(folder, 'model'), 'model.safetensors')
    const shapes = new Map([...stored].map(([parameter, { shape }]) => [parameter, shape]))
    expect(shapes).toEqual(new Map(parameterShapes(readConfig()).map(({ name: parameter, shape }) => [parameter, shape])))
  })

  onEveryBackend(() => {
    it('logits, loss and every gradient are those of Hugging Face', async () => {
      const weights = onDevice(await tensorsOf(join(folder, 'model'), 'model.safetensors'))
      const want = await tensorsOf(folder, 'expected.safetensors')
      const stored: StoredBatch = JSON.parse(textOf('batch.json'))
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

      const model = { config: readConfig(), weights, adapter: null }
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
      const expected = [...want].filter(([tensor]) => tensor.startsWith('grad.'))
      expect(expected.map(([tensor]) => tensor.slice('grad.'.length)).sort()).toEqual(Object.keys(gradients).sort())
      for (const [tensor, { values }] of expected) {
        const gradient = gradients[tensor.slice('grad.'.length)]
        expect(relativeError(gradient ? await toValues(gradient) : [], values), tensor).toBeLessThan(tolerances.gradient)
      }
      disposeAll([logits, loss])
      disposeAll(gradients)
      disposeAll(weights)
    })

    it('the curve and the trained weights are those of Trainer', async () => {
      const start = await tensorsOf(join(folder, 'model'), 'model.safetensors')
      const weights = onDevice(start)
      const lines = textOf('train.jsonl').trim().split('\n')
      const examples = lines.map((line) => {
        const { input_ids, labels }: TokenRecord = JSON.parse(line)
        return { ids: input_ids, labels, straddling: [], truncated: false }
      })
      const parsed = parseSettings(JSON.parse(textOf('train_config.json')))
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
      const input = { examples, settings: parsed.settings, padTokenId: 3, lengthMultiple: 1 }
      const steps: TrainStep[] = []
      const trainee = { model: { config: readConfig(), weights, adapter: null }, trained: weights }
      const outcome = await train(trainee, input, {
        afterStep: async (step) => {
          steps.push(step)
          return 'go-on'
        },
      })
      expect(outcome).toMatchObject({ ended: 'finished' })
      const curve: CurveStep[] = JSON.parse(textOf('curve.json'))
      expectCurve(steps, curve)

      const got = new Map<string, Float32Array>()
      for (const [tensor, weight] of Object.entries(weights)) got.set(tensor, await toValues(weight))
      disposeAll(weights)
      const { all, worst } = updateErrors(got, valuesOf(await tensorsOf(folder, 'tuned.safetensors')), valuesOf(start))
      expect(all).toBeLessThan(tolerances.update)
      expect(worst.error, worst.name).toBeLessThan(tolerances.tensorUpdate)
    })
  })
})
