// From a plan's calls to the CPU kernels that do them, with addresses in the place of values.
// What depends on a run's scalars is made when it runs; all else once.
// Must not know: what a plan is for, threads.

import { appendKeys, attention, attentionBackward, attentionOverCache } from '../../ops/attention/calls.ts'
import { gather, scatterAdd } from '../../ops/embedding/calls.ts'
import { crossEntropy } from '../../ops/headLoss/calls.ts'
import { dropout, product, productWithTransposed, transposedProduct } from '../../ops/linear/calls.ts'
import { rmsNorm, rmsNormBackward, rmsNormWeightGradient } from '../../ops/rmsNorm/calls.ts'
import { rotary } from '../../ops/rotary/calls.ts'
import { swiGlu, swiGluBackward } from '../../ops/swiGlu/calls.ts'
import type { Call, CallOf } from '../../plan/calls.ts'
import type { Scalars, UpdateSettings } from '../../plan/target.ts'
import { elementsOf, type Scalar, type Value } from '../../plan/values.ts'
import { adamWCall } from '../../training/adamWCalls.ts'
import { adamWNumbers } from '../../training/adamWNumbers.ts'
import { clipFactor } from '../../training/gradients.ts'
import type { Address, KernelCall } from './call.ts'
import { add, fill, scale, sumOfSquares, sumRows, total } from './elements.ts'

/** A kernel's call, the same in each run or not; or, between kernels, a few numbers that are worked out outside of them. */
export type Step =
  | { kind: 'fixed'; call: KernelCall }
  | { kind: 'scalars'; callOf: (scalars: Scalars) => KernelCall }
  | { kind: 'host'; run: (memory: WebAssembly.Memory, scalars: Scalars) => void }

type At = (value: Value) => Address

const fixed = (...calls: readonly KernelCall[]): Step[] => calls.map((call): Step => ({ kind: 'fixed', call }))
const perRun = (callOf: (scalars: Scalars) => KernelCall): Step[] => [{ kind: 'scalars', callOf }]

/** One call, as one or several steps. `workspace` is room that is the call's own while it runs. */
export function stepsOf(call: Call, at: At, settings: UpdateSettings, workspace: Address): Step[] {
  switch (call.kernel) {
    case 'matMul':
      return fixed(matMul(call, at))
    case 'gather': {
      const { table, ids } = call.reads
      return fixed(gather(at(call.writes.out), at(table), { ids: at(ids), ...call.numbers }, heldAs(table)))
    }
    case 'scatterAdd':
      return fixed(...scattered(call, at))
    case 'rmsNorm':
    case 'rmsNormBackward':
    case 'rmsNormWeightGradient':
      return fixed(normed(call, at))
    case 'rotary': {
      const { tokens, heads, headDim, back } = call.numbers
      const operands = { out: at(call.writes.out), x: at(call.reads.x), cos: at(call.reads.cos), sin: at(call.reads.sin) }
      return fixed(rotary(operands, { rows: tokens, heads, headDim }, back))
    }
    case 'attention':
    case 'attentionBackward':
      return fixed(...attended(call, at, workspace))
    case 'appendKeys': {
      const { x, held } = call.reads
      return fixed(appendKeys({ cache: at(call.writes.cache), x: at(x), held: at(held) }, call.numbers))
    }
    case 'attentionOverCache': {
      const { q, keys, values, held, padding } = call.reads
      const places = { q: at(q), keys: at(keys), values: at(values), held: at(held), padding: padding ? at(padding) : 0 }
      return fixed(attentionOverCache({ out: at(call.writes.out), ...places }, call.numbers))
    }
    case 'swiGlu':
    case 'swiGluBackward':
      return fixed(gated(call, at))
    case 'add':
      return fixed(add(at(call.writes.out), at(call.reads.a), at(call.reads.b), call.numbers.size))
    case 'copy':
      return fixed(scale(at(call.writes.out), at(call.reads.x), call.numbers.size, 1))
    case 'dropout':
      return perRun((scalars) => {
        const { size, rate, seed, part } = call.numbers
        return dropout(at(call.writes.out), at(call.reads.x), size, { rate, seed: said(scalars, seed), part })
      })
    case 'sumRows': {
      const { rows, width, accumulate } = call.numbers
      return fixed(sumRows(at(call.writes.out), at(call.reads.x), rows, width, Number(accumulate)))
    }
    case 'crossEntropy':
      return perRun((scalars) => {
        const { rows, vocabulary, factor } = call.numbers
        const operands = { losses: at(call.writes.losses), logits: at(call.reads.logits), targets: at(call.reads.targets) }
        return crossEntropy(operands, { rows, vocabulary }, said(scalars, factor))
      })
    case 'total':
      return [
        ...fixed(total(at(call.writes.out), at(call.reads.x), call.numbers.size)),
        ...perRun((scalars) => scale(at(call.writes.out), at(call.writes.out), 1, said(scalars, call.numbers.factor))),
      ]
    case 'sumOfSquares':
      return fixed(sumOfSquares(at(call.writes.partials), at(call.reads.x), call.numbers.size))
    case 'clip':
      return [clipping(call, at)]
    case 'adamW':
      return perRun((scalars) => updated(call, at, settings, scalars))
  }
}

function matMul({ reads, writes, numbers }: CallOf<'matMul'>, at: At): KernelCall {
  const { m, n, k, scale, accumulate, layout } = numbers
  const bias = reads.bias ? { bias: at(reads.bias) } : {}
  const operands = { c: at(writes.out), a: at(reads.a), b: at(reads.b), m, n, k, scale, beta: Number(accumulate), ...bias }
  if (layout === 'a·bᵀ') return productWithTransposed(operands, heldAs(reads.b))
  return layout === 'a·b' ? product(operands, heldAs(reads.b)) : transposedProduct(operands)
}

const heldAs = ({ dtype }: Value) => (dtype === 'bf16' ? 'bf16' : 'f32')

function scattered({ reads, writes, numbers }: CallOf<'scatterAdd'>, at: At): KernelCall[] {
  const { rows, width, height, skip, accumulate } = numbers
  const into = at(writes.into)
  const add = scatterAdd(into, at(reads.x), { ids: at(reads.ids), rows, width }, skip)
  return accumulate ? [add] : [fill(into, height * width, 0), add]
}

function normed(call: CallOf<'rmsNorm'> | CallOf<'rmsNormBackward'> | CallOf<'rmsNormWeightGradient'>, at: At): KernelCall {
  const { rows, width } = call.numbers
  if (call.kernel === 'rmsNorm') {
    const norm = { x: at(call.reads.x), weight: at(call.reads.weight), inverseRms: at(call.writes.inverseRms), rows, width }
    return rmsNorm(at(call.writes.out), norm, call.numbers.eps)
  }
  const dOut = at(call.reads.dOut)
  const norm = { x: at(call.reads.x), inverseRms: at(call.reads.inverseRms), rows, width }
  if (call.kernel === 'rmsNormBackward')
    return rmsNormBackward(at(call.writes.dx), dOut, { ...norm, weight: at(call.reads.weight) }, call.numbers.accumulate)
  return rmsNormWeightGradient(at(call.writes.dWeight), dOut, norm, call.numbers.accumulate)
}

function attended(call: CallOf<'attention'> | CallOf<'attentionBackward'>, at: At, workspace: Address): KernelCall[] {
  const { q, k, v, padding, begins } = call.reads
  const optional = (value: Value | undefined) => (value ? at(value) : 0)
  const inputs = { q: at(q), k: at(k), v: at(v), padding: optional(padding), begins: optional(begins) }
  if (call.kernel === 'attention') {
    const { out, logSumExp } = call.writes
    return [attention({ ...inputs, out: at(out), logSumExp: at(logSumExp) }, call.numbers)]
  }
  const { out, logSumExp, dOut } = call.reads
  const { dq, dk, dv } = call.writes
  const given = { out: at(out), logSumExp: at(logSumExp), dOut: at(dOut) }
  return attentionBackward({ ...inputs, ...given, dq: at(dq), dk: at(dk), dv: at(dv), parts: workspace }, call.numbers)
}

function gated(call: CallOf<'swiGlu'> | CallOf<'swiGluBackward'>, at: At): KernelCall {
  const inputs = { gate: at(call.reads.gate), up: at(call.reads.up) }
  const { size } = call.numbers
  if (call.kernel === 'swiGlu') return swiGlu({ out: at(call.writes.out), ...inputs }, size)
  const gradients = { dOut: at(call.reads.dOut), dGate: at(call.writes.dGate), dUp: at(call.writes.dUp) }
  return swiGluBackward({ ...gradients, ...inputs }, size)
}

/** From the partial sums of squares: their norm, and the factor that gradients are clipped by. */
function clipping({ reads, writes, numbers }: CallOf<'clip'>, at: At): Step {
  return {
    kind: 'host',
    run: (memory, scalars) => {
      const partials = new Float32Array(memory.buffer, at(reads.partials), elementsOf(reads.partials))
      let sum = 0
      for (const value of partials) sum += value
      const norm = Math.sqrt(sum)
      new Float32Array(memory.buffer, at(writes.norm), 1)[0] = norm
      const factor = new Float32Array(memory.buffer, at(writes.factor), 1)
      // Not even where the norm of a later step is finite.
      if (Number.isFinite(factor[0])) factor[0] = clipFactor(norm, said(scalars, numbers.maxNorm))
    },
  }
}

function updated({ reads, writes, numbers }: CallOf<'adamW'>, at: At, settings: UpdateSettings, scalars: Scalars): KernelCall {
  const [step, learningRate] = [said(scalars, { scalar: 'step' }), said(scalars, { scalar: 'learningRate' })]
  const operands = {
    weight: at(writes.parameter),
    first: at(writes.first),
    second: at(writes.second),
    before: writes.before ? at(writes.before) : 0,
    gradient: at(reads.gradient),
    gradientFactor: at(reads.factor),
  }
  return adamWCall(operands, numbers.size, settings, adamWNumbers(settings, { step, learningRate }, numbers.decays))
}

function said(scalars: Scalars, { scalar }: Scalar): number {
  const value = scalars[scalar]
  if (value === undefined) throw new Error(`the program wants the scalar ${scalar}`)
  return value
}
