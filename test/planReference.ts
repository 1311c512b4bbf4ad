// A target for plans that is nothing but definitions: every call in float64 over plain arrays, one loop after the other.
// Scratch lies in one arena by the plan's own layout, filled with NaN before each run, so that a lifetime that ends too early shows.

import { attention as attended } from '../src/engine/ops/attention/definition.ts'
import { keepMask } from '../src/engine/ops/linear/dropout.ts'
import type { AttentionSizes, Call, CallOf } from '../src/engine/plan/calls.ts'
import { layOut } from '../src/engine/plan/layout.ts'
import type { Plan } from '../src/engine/plan/training.ts'
import { elementsOf, offsetOf, rootOf, type Scalar, type Value } from '../src/engine/plan/values.ts'

export type Scalars = Readonly<Record<string, number>>
/** Memory of states and feeds, made when first asked for. */
export type Memory = Map<Value, Float64Array>

export type AdamWConstants = { beta1: number; beta2: number; epsilon: number; weightDecay: number }

type Machine = { at: (value: Value) => Float64Array; scalar: (value: number | Scalar) => number; adamW: AdamWConstants }

/** Runs a plan; returns its results by name. */
export function runReference(
  plan: Plan,
  memory: Memory,
  feeds: Readonly<Record<string, readonly number[]>>,
  scalars: Scalars,
  adamW: AdamWConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
): Record<string, number[]> {
  const { offsets, bytes } = layOut(plan.calls, Object.values(plan.results), { alignment: 16, gap: 0, workspaceOf: () => 0 })
  const arena = new Float64Array(bytes / 4).fill(Number.NaN)
  const at = (value: Value): Float64Array => {
    const root = rootOf(value)
    const place = offsets.get(root)
    const whole = place === undefined ? held(memory, root) : arena.subarray(place / 4, place / 4 + elementsOf(root))
    return whole.subarray(offsetOf(value), offsetOf(value) + elementsOf(value))
  }
  for (const [name, value] of Object.entries(plan.feeds)) at(value).set(feeds[name] ?? [])
  for (const { value, from, compute } of plan.derived) at(value).set(compute(Int32Array.from(at(from))))
  const scalar = (value: number | Scalar) => (typeof value === 'number' ? value : (scalars[value.scalar] ?? Number.NaN))
  for (const call of plan.calls) runCall(call, { at, scalar, adamW })
  return Object.fromEntries(Object.entries(plan.results).map(([name, value]): [string, number[]] => [name, [...at(value)]]))
}

export function held(memory: Memory, value: Value): Float64Array {
  const known = memory.get(value)
  if (known) return known
  const made = new Float64Array(elementsOf(value))
  memory.set(value, made)
  return made
}

function runCall(call: Call, machine: Machine): void {
  const { at, scalar } = machine
  switch (call.kernel) {
    case 'matMul':
      matMul(call, machine)
      break
    case 'gather': {
      const { table, ids } = call.reads
      const { width } = call.numbers
      const out = at(call.writes.out)
      at(ids).forEach((id, row) => {
        out.set(at(table).subarray(id * width, (id + 1) * width), row * width)
      })
      break
    }
    case 'scatterAdd': {
      const { width, skip, accumulate } = call.numbers
      const into = at(call.writes.into)
      if (!accumulate) into.fill(0)
      at(call.reads.ids).forEach((id, row) => {
        if (id === skip) return
        for (let column = 0; column < width; column++) add(into, id * width + column, at(call.reads.x)[row * width + column])
      })
      break
    }
    case 'rmsNorm': {
      const { rows, width, eps } = call.numbers
      const [x, weight, out, inverse] = [at(call.reads.x), at(call.reads.weight), at(call.writes.out), at(call.writes.inverseRms)]
      for (let row = 0; row < rows; row++) {
        const own = x.subarray(row * width, (row + 1) * width)
        inverse[row] = 1 / Math.sqrt(own.reduce((sum, value) => sum + value * value, 0) / width + eps)
        own.forEach((value, column) => {
          out[row * width + column] = value * (inverse[row] ?? 0) * (weight[column] ?? 0)
        })
      }
      break
    }
    case 'rmsNormBackward': {
      const { rows, width, accumulate } = call.numbers
      const { x, weight, inverseRms, dOut } = call.reads
      const dx = at(call.writes.dx)
      for (let row = 0; row < rows; row++) {
        const inverse = at(inverseRms)[row] ?? 0
        let along = 0
        for (let column = 0; column < width; column++) {
          const place = row * width + column
          along += (at(dOut)[place] ?? 0) * (at(weight)[column] ?? 0) * (at(x)[place] ?? 0) * inverse
        }
        for (let column = 0; column < width; column++) {
          const place = row * width + column
          const own = (at(dOut)[place] ?? 0) * (at(weight)[column] ?? 0) - ((at(x)[place] ?? 0) * inverse * along) / width
          dx[place] = (accumulate ? (dx[place] ?? 0) : 0) + inverse * own
        }
      }
      break
    }
    case 'rmsNormWeightGradient': {
      const { rows, width, accumulate } = call.numbers
      const dWeight = at(call.writes.dWeight)
      if (!accumulate) dWeight.fill(0)
      for (let place = 0; place < rows * width; place++) {
        const normed = (at(call.reads.x)[place] ?? 0) * (at(call.reads.inverseRms)[Math.floor(place / width)] ?? 0)
        add(dWeight, place % width, (at(call.reads.dOut)[place] ?? 0) * normed)
      }
      break
    }
    case 'rotary': {
      const { tokens, heads, headDim, back } = call.numbers
      const [x, out, half] = [at(call.reads.x).slice(), at(call.writes.out), headDim / 2]
      for (let head = 0; head < tokens * heads; head++)
        for (let pair = 0; pair < half; pair++) {
          const angle = Math.floor(head / heads) * half + pair
          const [cos = 0, sin = 0] = [at(call.reads.cos)[angle], (back ? -1 : 1) * (at(call.reads.sin)[angle] ?? 0)]
          const [a = 0, b = 0] = [x[head * headDim + pair], x[head * headDim + pair + half]]
          out[head * headDim + pair] = a * cos - b * sin
          out[head * headDim + pair + half] = b * cos + a * sin
        }
      break
    }
    case 'attention':
    case 'attentionBackward':
      attention(call, machine)
      break
    case 'appendKeys': {
      const { batch, tokens, keyHeads, headDim, capacity } = call.numbers
      const [x, cache, before] = [at(call.reads.x), at(call.writes.cache), at(call.reads.held)[0] ?? Number.NaN]
      each(batch * tokens * keyHeads, (from) => {
        const [token, head] = [Math.floor(from / keyHeads), from % keyHeads]
        const to = (Math.floor(token / tokens) * keyHeads + head) * capacity + before + (token % tokens)
        cache.set(x.subarray(from * headDim, (from + 1) * headDim), to * headDim)
      })
      break
    }
    case 'attentionOverCache':
      attentionOverCache(call, machine)
      break
    case 'swiGlu':
      each(call.numbers.size, (i) => {
        const gate = at(call.reads.gate)[i] ?? 0
        at(call.writes.out)[i] = (gate / (1 + Math.exp(-gate))) * (at(call.reads.up)[i] ?? 0)
      })
      break
    case 'swiGluBackward':
      each(call.numbers.size, (i) => {
        const [gate = 0, up = 0, dOut = 0] = [at(call.reads.gate)[i], at(call.reads.up)[i], at(call.reads.dOut)[i]]
        const sigmoid = 1 / (1 + Math.exp(-gate))
        at(call.writes.dGate)[i] = dOut * up * sigmoid * (1 + gate * (1 - sigmoid))
        at(call.writes.dUp)[i] = dOut * gate * sigmoid
      })
      break
    case 'add':
      each(call.numbers.size, (i) => {
        at(call.writes.out)[i] = (at(call.reads.a)[i] ?? 0) + (at(call.reads.b)[i] ?? 0)
      })
      break
    case 'copy':
      at(call.writes.out).set(at(call.reads.x))
      break
    case 'dropout': {
      const { size, rate, seed, part } = call.numbers
      const mask = keepMask(size, { rate, seed: scalar(seed), part })
      each(size, (i) => {
        at(call.writes.out)[i] = (at(call.reads.x)[i] ?? 0) * (mask[i] ?? 0)
      })
      break
    }
    case 'sumRows': {
      const out = at(call.writes.out)
      if (!call.numbers.accumulate) out.fill(0)
      at(call.reads.x).forEach((value, place) => {
        add(out, place % call.numbers.width, value)
      })
      break
    }
    case 'crossEntropy': {
      const { rows, vocabulary, factor } = call.numbers
      const [logits, losses] = [at(call.writes.dLogits), at(call.writes.losses)]
      for (let row = 0; row < rows; row++) {
        const target = at(call.reads.targets)[row] ?? -1
        const own = logits.subarray(row * vocabulary, (row + 1) * vocabulary)
        const top = own.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
        const sum = own.reduce((total, value) => total + Math.exp(value - top), 0)
        losses[row] = target < 0 ? 0 : Math.log(sum) + top - (own[target] ?? 0)
        own.forEach((value, column) => {
          const share = Math.exp(value - top) / sum - (column === target ? 1 : 0)
          own[column] = target < 0 ? 0 : share * scalar(factor)
        })
      }
      break
    }
    case 'total':
      at(call.writes.out)[0] = at(call.reads.x).reduce((sum, value) => sum + value, 0) * scalar(call.numbers.factor)
      break
    case 'sumOfSquares':
      // One partial sum for all of it: how many a target makes is its own business.
      at(call.writes.partials).fill(0)
      at(call.writes.partials)[0] = at(call.reads.x).reduce((sum, value) => sum + value * value, 0)
      break
    case 'clip': {
      const norm = Math.sqrt(at(call.reads.partials).reduce((sum, value) => sum + value, 0))
      const limit = scalar(call.numbers.maxNorm)
      at(call.writes.norm)[0] = norm
      const factor = at(call.writes.factor)
      const clipped = limit > 0 ? Math.min(1, limit / (norm + 1e-6)) : 1
      if (Number.isFinite(factor[0])) factor[0] = Number.isFinite(norm) ? clipped : Number.NaN
      break
    }
    case 'adamW':
      adamW(call, machine)
      break
  }
}

function matMul({ reads, writes, numbers }: CallOf<'matMul'>, { at }: Machine): void {
  const { m, n, k, scale, accumulate, layout } = numbers
  const [a, b, out] = [at(reads.a), at(reads.b), at(writes.out)]
  const bias = reads.bias ? at(reads.bias) : null
  for (let row = 0; row < m; row++)
    for (let column = 0; column < n; column++) {
      let sum = 0
      for (let inner = 0; inner < k; inner++) {
        const left = layout === 'aᵀ·b' ? a[inner * m + row] : a[row * k + inner]
        const right = layout === 'a·bᵀ' ? b[column * k + inner] : b[inner * n + column]
        sum += (left ?? Number.NaN) * (right ?? Number.NaN)
      }
      const place = row * n + column
      out[place] = (accumulate ? (out[place] ?? 0) : 0) + scale * sum + (bias?.[column] ?? 0)
    }
}

/** Forward, and backward by the same weights. */
function attention(call: CallOf<'attention'> | CallOf<'attentionBackward'>, { at }: Machine): void {
  const sizes: AttentionSizes = call.numbers
  const { batch, tokens, heads, keyHeads, headDim, window } = sizes
  const [q, k, v] = [at(call.reads.q), at(call.reads.k), at(call.reads.v)]
  const padding = call.reads.padding ? at(call.reads.padding) : null
  const begins = call.reads.begins ? at(call.reads.begins) : null
  for (const to of Object.values(call.writes)) at(to).fill(0)
  const forward = call.kernel === 'attention' ? { out: at(call.writes.out), logSumExp: at(call.writes.logSumExp) } : null
  const back =
    call.kernel === 'attentionBackward'
      ? { dOut: at(call.reads.dOut), dq: at(call.writes.dq), dk: at(call.writes.dk), dv: at(call.writes.dv) }
      : null
  for (let row = 0; row < batch; row++)
    for (let head = 0; head < heads; head++)
      for (let query = 0; query < tokens; query++) {
        const keyHead = Math.floor((head * keyHeads) / heads)
        const ofQuery = ((row * tokens + query) * heads + head) * headDim
        const ofKey = (key: number) => ((row * tokens + key) * keyHeads + keyHead) * headDim
        const own = begins?.[row * tokens + query] ?? 0
        const first = Math.max(own, padding?.[row] ?? 0, window > 0 ? query - window + 1 : 0)
        const seen = Array.from({ length: tokens }, (_, key) => key).filter(
          (key) => key === query || (key >= first && key < query),
        )
        const dots = (left: Float64Array, from: number, right: Float64Array) =>
          seen.map((key) => {
            let sum = 0
            for (let i = 0; i < headDim; i++) sum += (left[from + i] ?? 0) * (right[ofKey(key) + i] ?? 0)
            return sum
          })
        const scores = dots(q, ofQuery, k).map((score) => score / Math.sqrt(headDim))
        const top = Math.max(...scores)
        const sum = scores.reduce((total, score) => total + Math.exp(score - top), 0)
        const weights = scores.map((score) => Math.exp(score - top) / sum)
        if (forward) {
          forward.logSumExp[(row * heads + head) * tokens + query] = top + Math.log(sum)
          for (const [at_, key] of seen.entries())
            for (let i = 0; i < headDim; i++) add(forward.out, ofQuery + i, (weights[at_] ?? 0) * (v[ofKey(key) + i] ?? 0))
        }
        if (!back) continue
        const { dOut, dq, dk, dv } = back
        const dWeights = dots(dOut, ofQuery, v)
        const along = dWeights.reduce((total, value, at_) => total + value * (weights[at_] ?? 0), 0)
        for (const [at_, key] of seen.entries()) {
          const weight = weights[at_] ?? 0
          const dScore = (weight * ((dWeights[at_] ?? 0) - along)) / Math.sqrt(headDim)
          for (let i = 0; i < headDim; i++) {
            add(dq, ofQuery + i, dScore * (k[ofKey(key) + i] ?? 0))
            add(dk, ofKey(key) + i, dScore * (q[ofQuery + i] ?? 0))
            add(dv, ofKey(key) + i, weight * (dOut[ofQuery + i] ?? 0))
          }
        }
      }
}

/** The definition that the CPU's kernels are held against, over what the cache holds. */
function attentionOverCache({ reads, writes, numbers }: CallOf<'attentionOverCache'>, { at }: Machine): void {
  const { batch, tokens, heads, keyHeads, headDim, window, capacity } = numbers
  const keys = (at(reads.held)[0] ?? Number.NaN) + tokens
  const rowsOf = (values: Float64Array, width: number) =>
    Array.from({ length: values.length / width }, (_, row) => [...values.subarray(row * width, (row + 1) * width)])
  const heldRows = (cache: Value) => rowsOf(at(cache), headDim).filter((_, key) => key % capacity < keys)
  const paddedKeys = reads.padding ? [...at(reads.padding)] : null
  const view = { batch, queries: tokens, keys, paddedKeys, slidingWindow: window > 0 ? window : null }
  const shape = { batch, heads, keyHeads, headDim }
  const q = rowsOf(at(reads.q), heads * headDim)
  at(writes.out).set(attended(q, heldRows(reads.keys), heldRows(reads.values), shape, view).flat())
}

function adamW(call: CallOf<'adamW'>, { at, scalar, adamW: { beta1, beta2, epsilon, weightDecay } }: Machine): void {
  const [step, rate] = [scalar({ scalar: 'step' }), scalar({ scalar: 'learningRate' })]
  const { parameter, first, second } = call.writes
  const factor = at(call.reads.factor)[0] ?? Number.NaN
  if (!Number.isFinite(factor)) return
  if (call.writes.before) at(call.writes.before).set(at(parameter))
  each(call.numbers.size, (i) => {
    const gradient = (at(call.reads.gradient)[i] ?? 0) * factor
    const decayed = (at(parameter)[i] ?? 0) * (1 - (call.numbers.decays ? rate * weightDecay : 0))
    const m = beta1 * (at(first)[i] ?? 0) + (1 - beta1) * gradient
    const v = beta2 * (at(second)[i] ?? 0) + (1 - beta2) * gradient * gradient
    at(first)[i] = m
    at(second)[i] = v
    at(parameter)[i] = decayed - (rate * (m / (1 - beta1 ** step))) / (Math.sqrt(v / (1 - beta2 ** step)) + epsilon)
  })
}

function each(size: number, body: (at: number) => void): void {
  for (let at = 0; at < size; at++) body(at)
}

function add(values: Float64Array, at: number, value = Number.NaN): void {
  values[at] = (values[at] ?? 0) + value
}
