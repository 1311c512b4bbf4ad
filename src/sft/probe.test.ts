// A probe's loss is what an untouched model's first step reports, whichever way its rows are padded, and its perplexity says as much.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { settingsWith, tinyDecoder, tinyWeights, trainEagerly } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { disposeAll, type Tensor, toValues } from '../engine/tensor.ts'
import { disposeDecoder, traineeOf } from '../models/held.ts'
import type { Example } from './example.ts'
import { type ProbeBatch, probe } from './probe.ts'

const _ = -100
const rows: readonly Pick<Example, 'ids' | 'labels'>[] = [
  { ids: [5, 6, 7, 8, 264], labels: [_, _, 7, 8, 264] },
  { ids: [9, 264, 11], labels: [_, _, 11] },
]

let weights: Record<string, Tensor>
beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
  weights = tinyWeights()
})
afterAll(() => disposeAll(weights))

/** The rows padded to a length, on one side. */
function padded(side: 'left' | 'right', length: number): ProbeBatch {
  const fill = <E>(row: readonly E[], value: E) => {
    const padding = new Array<E>(length - row.length).fill(value)
    return side === 'left' ? [...padding, ...row] : [...row, ...padding]
  }
  return {
    input_ids: rows.map(({ ids }) => fill(ids, 264)),
    attention_mask: rows.map(({ ids }) =>
      fill(
        ids.map(() => 1),
        0,
      ),
    ),
    labels: rows.map(({ labels }) => fill(labels, _)),
  }
}

async function probed(batch: ProbeBatch) {
  const { logits, loss, gradients } = probe(tinyDecoder(weights), batch)
  const [value = Number.NaN] = await toValues(loss)
  const all: Record<string, number[]> = {}
  for (const [name, gradient] of Object.entries(gradients)) all[name] = [...(await toValues(gradient))]
  const values = [...(await toValues(logits))]
  disposeAll([logits, loss])
  disposeAll(gradients)
  return { loss: value, gradients: all, logits: values }
}

it('has the loss of an untouched model in training', async () => {
  const trainee = traineeOf(tinyDecoder(weights))
  const losses: number[] = []
  const examples = rows.map((row): Example => ({ ...row, straddling: [], truncated: false }))
  const settings = settingsWith({ max_steps: 1, learning_rate: 0, per_device_train_batch_size: 2, shuffle: false })
  await trainEagerly(
    trainee,
    { examples, settings, padTokenId: 264, lengthMultiple: 1, state: null },
    {
      afterStep: async ({ loss }) => {
        losses.push(loss)
        return 'go-on'
      },
    },
  )
  disposeDecoder(trainee.model)
  const { loss, logits } = await probed(padded('right', 5))
  expect(losses).toEqual([loss])

  // The perplexity by its definition, over the five tokens that are learned.
  const entropy = (position: number, target: number) => {
    const row = logits.slice(position * 265, (position + 1) * 265)
    return Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (row[target] ?? 0)
  }
  const entropies = [entropy(1, 7), entropy(2, 8), entropy(3, 264), entropy(6, 11)]
  const perplexity = Math.exp(entropies.reduce((sum, one) => sum + one, 0) / 4)
  expect(Math.exp(loss) / perplexity).toBeCloseTo(1, 5)
})

it('does not depend on the side or the length of the padding', async () => {
  const want = await probed(padded('right', 5))
  for (const batch of [padded('right', 9), padded('left', 5), padded('left', 8)]) {
    const got = await probed(batch)
    // Float32 sums in another order, and rotations by other angles that mean the same distance.
    expect(Math.abs(got.loss / want.loss - 1)).toBeLessThan(1e-6)
    for (const [name, values] of Object.entries(want.gradients)) {
      const largest = Math.max(...values.map(Math.abs))
      const apart = Math.max(...values.map((value, at) => Math.abs(value - (got.gradients[name]?.[at] ?? Number.NaN))))
      expect(apart / largest, name).toBeLessThan(2e-5)
    }
  }
})
