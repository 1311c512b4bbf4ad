// Lays out the calls of a plan, forward and backward. An op's rule (plan.ts in the op's folder) says what it calls, and registers
// what its gradient calls; which values need a gradient, and where gradients of one value are summed, is decided here for all of them.
// Must not know: which ops there are, the target.

import type { Call } from './calls.ts'
import { neededAgain } from './checkpoint.ts'
import { type Dtype, elementsOf, type Value } from './values.ts'

/** A feed that is computed from another one, outside the plan, whenever that one changes. */
export type DerivedFeed = { value: Value; from: Value; compute: (source: Int32Array) => Float32Array }

/** The buffer that a value's gradient is summed in; `accumulate` where something of it is there already. */
export type GradientPlace = { into: Value; accumulate: boolean }

export type Builder = {
  calls: Call[]
  derived: DerivedFeed[]
  state: (name: string, shape: readonly number[], dtype?: Dtype) => Value
  feed: (name: string, length: number) => Value
  derivedFeed: (name: string, shape: readonly number[], from: Value, compute: DerivedFeed['compute']) => Value
  scratch: (name: string, shape: readonly number[]) => Value
  call: (call: Call) => void
  /** Marks a parameter as trained; its gradient is summed in `gradient`, in what was there before where `accumulate`. */
  train: (parameter: Value, gradient: Value, accumulate: boolean) => void
  /** Whether anything trained flows into a value. */
  isTracked: (value: Value) => boolean
  /** Says how the gradients of `inputs` follow from that of `output`. Not called where none of them is trained. */
  onBackward: (output: Value, inputs: readonly (Value | null)[], rule: (dOutput: Value) => void) => void
  /** Where the rule of an op adds its part to the gradient of an input; null where none is wanted. */
  gradientOf: (value: Value) => GradientPlace | null
  /** The gradient of `value` is that of the output, or one part of it: no copy is made while nobody changes it. */
  passGradient: (value: Value, dOutput: Value) => void
  /** Runs `body`; what it computed, but its result, is computed again for its backward and lives no longer than that. */
  checkpoint: (body: () => Value) => Value
  /** Runs the rules from the last one back. The loss must have passed its gradient on already. */
  backward: () => void
}

type Rule = { output: Value; run: (dOutput: Value) => void }

export function planBuilder(): Builder {
  let next = 0
  const calls: Call[] = []
  /** Where calls go: the plan, or what is not decided about yet. */
  let sink = calls
  const derived: DerivedFeed[] = []
  const tracked = new Set<Value>()
  let rules: Rule[] = []
  /** Gradients that have a first part. */
  const gradients = new Map<Value, Value>()
  /** Of trained parameters: their state, and whether it holds a part before the first of this plan. */
  const places = new Map<Value, GradientPlace>()

  const value = (kind: Value['kind'], name: string, shape: readonly number[], dtype: Dtype): Value => ({
    id: next++,
    name,
    shape,
    dtype,
    kind,
    within: null,
  })
  const scratch = (name: string, shape: readonly number[]) => value('scratch', name, shape, 'f32')

  function gradientOf(of: Value): GradientPlace | null {
    if (!tracked.has(of)) return null
    const parameter = places.get(of)
    if (parameter) {
      places.set(of, { ...parameter, accumulate: true })
      return parameter
    }
    const there = gradients.get(of)
    if (there === undefined) {
      const into = scratch(`d ${of.name}`, of.shape)
      gradients.set(of, into)
      return { into, accumulate: false }
    }
    // The same buffer may be the gradient of another value whose rule has still to read it.
    const shared = [...gradients].some(([other, buffer]) => other !== of && buffer === there)
    if (!shared) return { into: there, accumulate: true }
    const own = scratch(`d ${of.name}`, of.shape)
    sink.push({ kernel: 'copy', reads: { x: there }, writes: { out: own }, numbers: { size: elementsOf(of) } })
    gradients.set(of, own)
    return { into: own, accumulate: true }
  }

  function passGradient(to: Value, dOutput: Value): void {
    if (!tracked.has(to)) return
    if (!places.has(to) && !gradients.has(to)) {
      gradients.set(to, dOutput)
      return
    }
    const place = gradientOf(to)
    if (place === null) return
    const size = elementsOf(to)
    const { into } = place
    if (place.accumulate) sink.push({ kernel: 'add', reads: { a: into, b: dOutput }, writes: { out: into }, numbers: { size } })
    else sink.push({ kernel: 'copy', reads: { x: dOutput }, writes: { out: into }, numbers: { size } })
  }

  function runBack(own: readonly Rule[]): void {
    for (const { output, run } of [...own].reverse()) {
      const dOutput = gradients.get(output)
      if (dOutput === undefined) continue
      run(dOutput)
      // From here on nobody reads the output's gradient, so a value that shares the buffer may change it.
      gradients.delete(output)
    }
  }

  function checkpoint(body: () => Value): Value {
    const outerRules = rules
    const from = sink.length
    rules = []
    const output = body()
    const own = rules
    const forward = sink.slice(from)
    rules = outerRules
    if (own.length === 0) return output
    rules.push({
      output,
      run: () => {
        const outerSink = sink
        sink = []
        runBack(own)
        const backward = sink
        sink = outerSink
        sink.push(...neededAgain(forward, backward, output), ...backward)
      },
    })
    return output
  }

  return {
    calls,
    derived,
    state: (name, shape, dtype = 'f32') => value('state', name, shape, dtype),
    feed: (name, length) => value('feed', name, [length], 'i32'),
    derivedFeed: (name, shape, from, compute) => {
      const made = value('feed', name, shape, 'f32')
      derived.push({ value: made, from, compute })
      return made
    },
    scratch,
    call: (call) => {
      sink.push(call)
    },
    train: (parameter, gradient, accumulate) => {
      tracked.add(parameter)
      places.set(parameter, { into: gradient, accumulate })
    },
    isTracked: (of) => tracked.has(of),
    onBackward: (output, inputs, run) => {
      if (!inputs.some((input) => input !== null && tracked.has(input))) return
      tracked.add(output)
      rules.push({ output, run })
    },
    gradientOf,
    passGradient,
    checkpoint,
    backward: () => runBack(rules),
  }
}
