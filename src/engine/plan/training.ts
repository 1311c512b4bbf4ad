// The plans of a training step. One micro-batch: forward and backward, which adds to the gradients. And what closes a window:
// the gradients' norm with the factor that clips them, and AdamW.
// Must not know: language models; the loss is a function over the ops.

import type { Ops } from '../ops.ts'
import { type Builder, type DerivedFeed, planBuilder } from './builder.ts'
import type { Call, CallOf } from './calls.ts'
import { planOps } from './ops.ts'
import { elementsOf, rowsOf, type Value } from './values.ts'

/** What a plan computes: its calls in order, and the values that are read when it has run. */
export type Plan = {
  calls: readonly Call[]
  derived: readonly DerivedFeed[]
  feeds: Readonly<Record<string, Value>>
  results: Readonly<Record<string, Value>>
}

/** A parameter with what its training keeps. All of one shape. */
export type TrainedState = {
  parameter: Value
  gradient: Value
  first: Value
  second: Value
  /** The parameter as it was before the last update; null where that is not kept. */
  before: Value | null
  decays: boolean
}

export type LossOf = (ops: Ops<Value, Value>, feed: (name: string, length: number) => Value) => Value

export type BackwardOptions = {
  /** Whether the gradients hold those of earlier micro-batches of the window. */
  accumulate: boolean
  /** Whether what was computed inside a checkpointed part is computed again on the way back, and not kept till then. */
  checkpointing: boolean
}

/** Forward and backward of `loss`. Scalars: `lossFactor`, which loss and gradients are multiplied by, and `dropoutSeed`. */
export function backwardPlan(
  loss: LossOf,
  trained: readonly TrainedState[],
  { accumulate, checkpointing }: BackwardOptions,
): Plan {
  const build = planBuilder()
  for (const { parameter, gradient } of trained) build.train(parameter, gradient, accumulate)
  const feeds: Record<string, Value> = {}
  const result = loss(planOps(build, { held: null, checkpointing }), feedsOf(build, feeds))
  build.backward()
  return { calls: build.calls, derived: build.derived, feeds, results: { loss: result } }
}

/** Forward alone. @param result what is computed, over the ops; where it has caches, the feed `held` says how many tokens they hold */
export function forwardPlan(result: LossOf, { cached }: { cached: boolean }): Plan {
  const build = planBuilder()
  const feeds: Record<string, Value> = {}
  const feed = feedsOf(build, feeds)
  const value = result(planOps(build, { held: cached ? feed('held', 1) : null, checkpointing: false }), feed)
  return { calls: build.calls, derived: build.derived, feeds, results: { value } }
}

/** What stands between a window's gradients and its update: two numbers that outlive the plan which makes them. */
export type ClipState = { norm: Value; factor: Value }

/** The gradients' norm, and the factor that clips them. Scalar: `maxNorm` (0: no clipping). `partialsOf`: partial sums of so many elements. */
export function normPlan(trained: readonly TrainedState[], clip: ClipState, partialsOf: (elements: number) => number): Plan {
  const build = planBuilder()
  const counts = trained.map(({ gradient }) => partialsOf(elementsOf(gradient)))
  const count = counts.reduce((sum, own) => sum + own, 0)
  const partials = build.scratch('sums of squares', [count])
  let from = 0
  for (const [at, { gradient }] of trained.entries()) {
    const own = counts[at] ?? 0
    build.call({
      kernel: 'sumOfSquares',
      reads: { x: gradient },
      writes: { partials: rowsOf(partials, from, own) },
      numbers: { size: elementsOf(gradient) },
    })
    from += own
  }
  const numbers = { count, maxNorm: { scalar: 'maxNorm' } }
  build.call({ kernel: 'clip', reads: { partials }, writes: clip, numbers })
  return { calls: build.calls, derived: [], feeds: {}, results: { norm: clip.norm } }
}

/** AdamW on every parameter, which is kept as it was before where there is a place for it. Scalars: `step` from 1, `learningRate`. */
export function updatePlan(trained: readonly TrainedState[], { factor }: ClipState): Plan {
  const build = planBuilder()
  for (const { parameter, gradient, first, second, before, decays } of trained) {
    build.call({
      kernel: 'adamW',
      reads: { gradient, factor },
      writes: { parameter, first, second, ...(before && { before }) },
      numbers: { size: elementsOf(parameter), decays },
    })
  }
  return { calls: build.calls, derived: [], feeds: {}, results: {} }
}

/** Takes the last update of the parameters back that are kept as they were. */
export function undoPlan(trained: readonly TrainedState[]): Plan {
  const calls = trained.flatMap(({ parameter, before }) => (before ? [copied(before, parameter)] : []))
  return { calls, derived: [], feeds: {}, results: {} }
}

function copied(x: Value, out: Value): CallOf<'copy'> {
  return { kernel: 'copy', reads: { x }, writes: { out }, numbers: { size: elementsOf(x) } }
}

function feedsOf(build: Builder, feeds: Record<string, Value>) {
  return (name: string, length: number): Value => {
    const feed = build.feed(name, length)
    feeds[name] = feed
    return feed
  }
}
