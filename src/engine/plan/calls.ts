// The calls that a plan can hold: one kernel each, with what it reads, what it writes, and the numbers beside.
// A target has a kernel for every name here; what a name means is written beside it, shapes in row-major order.
// `accumulate` adds to what the written value holds; without it nothing of it is read, and it is written whole.
// Must not know: how a kernel computes, addresses.

import type { Scalar, Value } from './values.ts'

/** How the operands of a product lie: a [m, k] · bᵀ [n, k]; a [m, k] · b [k, n]; aᵀ [k, m] · b [k, n]. */
export type ProductLayout = 'a·bᵀ' | 'a·b' | 'aᵀ·b'

export type AttentionSizes = {
  batch: number
  tokens: number
  heads: number
  keyHeads: number
  headDim: number
  /** How many keys a query sees, its own included; 0: all before it. */
  window: number
}

/** `tokens`: new ones a row. */
export type CacheSizes = AttentionSizes & { capacity: number }

export type CallTypes = {
  /** out [m, n] = scale · a·b (+ bias [n]) */
  matMul: {
    reads: { a: Value; b: Value; bias?: Value }
    writes: { out: Value }
    numbers: { m: number; n: number; k: number; scale: number; accumulate: boolean; layout: ProductLayout }
  }
  /** Rows of table [V, width] at ids [rows] → out [rows, width]. */
  gather: { reads: { table: Value; ids: Value }; writes: { out: Value }; numbers: { rows: number; width: number } }
  /** Adds row by row x [rows, width] to the rows ids of into [height, width], but to row `skip` (−1: none is skipped). */
  scatterAdd: {
    reads: { x: Value; ids: Value }
    writes: { into: Value }
    numbers: { rows: number; width: number; height: number; skip: number; accumulate: boolean }
  }
  /** Each run of `width` elements of x divided by its root mean square, times weight [width]. */
  rmsNorm: {
    reads: { x: Value; weight: Value }
    writes: { out: Value; inverseRms: Value }
    numbers: { rows: number; width: number; eps: number }
  }
  rmsNormBackward: {
    reads: { x: Value; weight: Value; inverseRms: Value; dOut: Value }
    writes: { dx: Value }
    numbers: { rows: number; width: number; accumulate: boolean }
  }
  rmsNormWeightGradient: {
    reads: { x: Value; inverseRms: Value; dOut: Value }
    writes: { dWeight: Value }
    numbers: { rows: number; width: number; accumulate: boolean }
  }
  /** Turns each head of x [tokens, heads·headDim] by the angles of its row in cos and sin [tokens, headDim/2]; `back` the other way. */
  rotary: {
    reads: { x: Value; cos: Value; sin: Value }
    writes: { out: Value }
    numbers: { tokens: number; heads: number; headDim: number; back: boolean }
  }
  /**
   * Causal grouped-query attention; padding [batch] counts each row's padded keys at its beginning; begins [batch·tokens] says the first key
   * that each query may see, and never falls along a row (texts packed into one row); logSumExp [batch, heads, tokens].
   */
  attention: {
    reads: { q: Value; k: Value; v: Value; padding?: Value; begins?: Value }
    writes: { out: Value; logSumExp: Value }
    numbers: AttentionSizes
  }
  /** By recomputation. */
  attentionBackward: {
    reads: { q: Value; k: Value; v: Value; out: Value; logSumExp: Value; dOut: Value; padding?: Value; begins?: Value }
    writes: { dq: Value; dk: Value; dv: Value }
    numbers: AttentionSizes
  }
  /** Puts keys or values x [batch·tokens, keyHeads·headDim] into cache [batch, keyHeads, capacity, headDim], behind the held [1] of each row. */
  appendKeys: { reads: { x: Value; held: Value }; writes: { cache: Value }; numbers: CacheSizes }
  /** Attention of new tokens over a cache that has their own keys and values already. */
  attentionOverCache: {
    reads: { q: Value; keys: Value; values: Value; held: Value; padding?: Value }
    writes: { out: Value }
    numbers: CacheSizes
  }
  /** out = silu(gate) · up */
  swiGlu: { reads: { gate: Value; up: Value }; writes: { out: Value }; numbers: { size: number } }
  swiGluBackward: {
    reads: { gate: Value; up: Value; dOut: Value }
    writes: { dGate: Value; dUp: Value }
    numbers: { size: number }
  }
  /** out = a + b; out may be one of them. */
  add: { reads: { a: Value; b: Value }; writes: { out: Value }; numbers: { size: number } }
  copy: { reads: { x: Value }; writes: { out: Value }; numbers: { size: number } }
  /** out = x, some elements dropped, the others divided by the share that stays; by seed and place. Its own gradient. */
  dropout: { reads: { x: Value }; writes: { out: Value }; numbers: { size: number; rate: number; seed: Scalar; part: string } }
  /** out [width] = the sum of the rows of x [rows, width] */
  sumRows: {
    reads: { x: Value }
    writes: { out: Value }
    numbers: { rows: number; width: number; accumulate: boolean }
  }
  /** Softmax cross-entropy of each row of logits [rows, vocabulary] against targets [rows] → losses [rows]; logits become the gradient of factor · their sum. Target −1: none. */
  crossEntropy: {
    reads: { logits: Value; targets: Value }
    writes: { dLogits: Value; losses: Value }
    numbers: { rows: number; vocabulary: number; factor: Scalar }
  }
  /** out [1] = factor · the sum of x [size] */
  total: { reads: { x: Value }; writes: { out: Value }; numbers: { size: number; factor: Scalar } }
  /** Partial sums of the squares of x; of how many elements each is the target's own business. */
  sumOfSquares: { reads: { x: Value }; writes: { partials: Value }; numbers: { size: number } }
  /** From partial sums [count]: norm [1] = √sum, and what gradients are multiplied by so that it is at most maxNorm (0: any), NaN where the norm is no finite number. A factor that is none stays: nothing is learned behind it. */
  clip: { reads: { partials: Value }; writes: { norm: Value; factor: Value }; numbers: { count: number; maxNorm: Scalar } }
  /** In place, and before, where it is kept, = the parameter as it was; decoupled decay where `decays`. Where `factor` is no finite number nothing is changed. */
  adamW: {
    reads: { gradient: Value; factor: Value }
    writes: { parameter: Value; first: Value; second: Value; before?: Value }
    numbers: { size: number; decays: boolean }
  }
}

export type KernelName = keyof CallTypes

/** One kernel at work. */
export type Call = { [K in KernelName]: { kernel: K } & CallTypes[K] }[KernelName]
export type CallOf<K extends KernelName> = { kernel: K } & CallTypes[K]

/** Everything that a call looks at, what it adds to included. */
export function valuesRead(call: Call): Value[] {
  const read = Object.values(call.reads).filter((value) => value !== undefined)
  const changed = 'accumulate' in call.numbers && call.numbers.accumulate ? valuesWritten(call) : []
  if (call.kernel === 'adamW') return [...read, ...valuesWritten(call)]
  return call.kernel === 'clip' ? [...read, call.writes.factor] : [...read, ...changed]
}

export function valuesWritten(call: Call): Value[] {
  return Object.values(call.writes).filter((value) => value !== undefined)
}
