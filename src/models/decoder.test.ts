// What must hold of the decoder whatever its weights are: padding and neighbours change no real token, the cache changes nothing, order matters.
// Tolerance: the same sums in another order, float32 (about 1e-6 of values up to 10).

import { afterAll, beforeAll, expect, it } from 'vitest'
import { tinyConfig, tinyDecoder, tinyWeights } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { eagerOps } from '../engine/eager.ts'
import type { AttentionView } from '../engine/ops.ts'
import { disposeAll, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { hiddenStates, type KeyValueCache, logitsOf, lossSum, type TokenBatch, tokenBatch } from './decoder.ts'

const rows = [
  [104, 101, 200, 7, 264, 33],
  [12, 99, 5],
  [264, 264, 1, 2, 3],
] as const

let weights: Record<string, Tensor>
beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
  weights = tinyWeights()
})
afterAll(() => disposeAll(weights))
const model = () => tinyDecoder(weights)

/** Logits of every position, one list a position. */
async function logits(input: TokenBatch<readonly number[]>): Promise<number[][]> {
  const tensor = scoped(() => logitsOf(eagerOps, model(), hiddenStates(eagerOps, model(), input, null).hidden))
  const values = [...(await toValues(tensor))]
  tensor.dispose()
  const width = values.length / input.ids.length
  return input.ids.map((_, at) => values.slice(at * width, (at + 1) * width))
}

const alone = (ids: readonly number[]) => logits(tokenBatch({ batch: 1, ids, paddedKeys: null }))

function expectSame(got: readonly (readonly number[])[], want: readonly (readonly number[])[]): void {
  expect(got.length).toBe(want.length)
  const apart = got.flatMap((row, at) => row.map((value, column) => Math.abs(value - (want[at]?.[column] ?? Number.NaN))))
  expect(Math.max(...apart)).toBeLessThan(2e-5)
}

it('gives every row of the right-padded batch the logits that it has alone', async () => {
  const length = 8
  const ids = rows.flatMap((row) => [...row, ...new Array<number>(length - row.length).fill(264)])
  const together = await logits(tokenBatch({ batch: rows.length, ids, paddedKeys: null }))
  for (const [at, row] of rows.entries()) expectSame(together.slice(at * length, at * length + row.length), await alone(row))
})

it('gives every row of a left-padded batch the logits that it has alone', async () => {
  const length = 7
  const padded = rows.map((row) => length - row.length)
  const ids = rows.flatMap((row, at) => [...new Array<number>(padded[at] ?? 0).fill(9), ...row])
  const together = await logits(tokenBatch({ batch: rows.length, ids, paddedKeys: padded }))
  for (const [at, row] of rows.entries())
    expectSame(together.slice(at * length + length - row.length, (at + 1) * length), await alone(row))
})

it('sees nothing that comes later', async () => {
  const [first = []] = rows.map((row) => [...row])
  const other = [...first.slice(0, 3), 77, 78, 79]
  expectSame((await alone(other)).slice(0, 3), (await alone(first)).slice(0, 3))
})

it('knows the order of what came before', async () => {
  const [a, b] = [await alone([5, 6, 7]), await alone([6, 5, 7])]
  expect(Math.max(...(a[2] ?? []).map((value, at) => Math.abs(value - (b[2]?.[at] ?? 0))))).toBeGreaterThan(1e-2)
})

it.each([[[6]], [[1, 1, 1, 1, 1, 1]], [[2, 1, 3]]])(
  'gives with the cache what it gives at once, in pieces of %j',
  async (pieces) => {
    const ids = [...rows[0]]
    const whole = await alone(ids)
    let cache: KeyValueCache<Tensor> | null = null
    let from = 0
    for (const piece of pieces) {
      const pass: { hidden: Tensor; cache: KeyValueCache<Tensor> } = hiddenStates(
        eagerOps,
        model(),
        tokenBatch({ batch: 1, ids: ids.slice(from, from + piece), paddedKeys: null }, from),
        cache,
      )
      const tensor = logitsOf(eagerOps, model(), pass.hidden)
      const values = [...(await toValues(tensor))]
      const width = values.length / piece
      expectSame(
        Array.from({ length: piece }, (_, at) => values.slice(at * width, (at + 1) * width)),
        whole.slice(from, from + piece),
      )
      cache = pass.cache
      from += piece
    }
    expect(cache).toMatchObject({ tokens: 6 })
  },
)

it('sums the cross-entropies of the learned rows and of no other', async () => {
  const ids = [...rows[0]]
  const learned = { rows: [1, 4], targets: [200, 33] }
  const sum = scoped(() => lossSum(eagerOps, model(), tokenBatch({ batch: 1, ids, paddedKeys: null }), learned))
  const all = await alone(ids)
  const entropy = (row: readonly number[], target: number) =>
    Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0)) - (row[target] ?? 0)
  const want = entropy(all[1] ?? [], 200) + entropy(all[4] ?? [], 33)
  expect((await toValues(sum))[0]).toBeCloseTo(want, 4)
  sum.dispose()
})

it.each([
  [[null, null], [null]],
  [[2, 2], [2]],
  [
    [null, 2],
    [null, 2],
  ],
  // Three tokens fit into a window of three, so both layers see all of them.
  [[null, 3], [null]],
])('makes one mask for each window that differs: %j', (slidingWindows, want) => {
  const made: (number | null)[] = []
  const counting = {
    ...eagerOps,
    attentionMask: (view: AttentionView) => {
      made.push(view.slidingWindow)
      return eagerOps.attentionMask(view)
    },
  }
  const windowed = { ...model(), config: { ...tinyConfig, slidingWindows } }
  scoped(() => {
    hiddenStates(counting, windowed, tokenBatch({ batch: 1, ids: [1, 2, 3], paddedKeys: null }), null)
  })
  expect(made).toEqual(want)
})

it('names the bias that the configuration asks for and nobody loaded', () => {
  const { 'model.layers.1.self_attn.k_proj.bias': _, ...rest } = weights
  expect(() =>
    scoped(
      () =>
        hiddenStates(eagerOps, { ...model(), weights: rest }, tokenBatch({ batch: 1, ids: [1], paddedKeys: null }), null).hidden,
    ),
  ).toThrow('model.layers.1.self_attn.k_proj.bias')
})

it('names the weight that is missing', () => {
  const { 'model.norm.weight': _, ...rest } = weights
  expect(() =>
    scoped(
      () =>
        hiddenStates(eagerOps, { ...model(), weights: rest }, tokenBatch({ batch: 1, ids: [1], paddedKeys: null }), null).hidden,
    ),
  ).toThrow('model.norm.weight')
})

it('leaves nothing behind but what it returns', () => {
  const before = memoryHeld().tensors
  scoped(() => {
    hiddenStates(eagerOps, model(), tokenBatch({ batch: 1, ids: [1, 2, 3], paddedKeys: null }), null)
  })
  expect(memoryHeld().tensors).toBe(before)
})
