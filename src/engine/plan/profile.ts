// Where a step's time goes, by kernel: a target whose machines tell of each call, and what the calls of a step come to.
// Must not know: the target that runs them, what a step is for.

import type { Call } from './calls.ts'
import { flopsOf, trafficOf } from './print.ts'
import type { Observe, PlanTarget } from './target.ts'

/** The calls of one kernel in a step. */
export type KernelProfile = {
  /** Products by how their operands lie, because they are kernels of their own. */
  kernel: string
  calls: number
  ms: number
  /** Multiplications and additions of a step. */
  flops: number
  /** Bytes of a step's operands, each counted once a call. */
  bytes: number
}

type Sums = Omit<KernelProfile, 'kernel'>

/** A step that took as long as the median, and what it was made of, what takes longest first. */
export type MedianStep = { stepMs: number; kernels: readonly KernelProfile[] }

export type Profiler = {
  observe: Observe
  /** What was observed since the last time is one step of `ms`; null: it warmed up and does not count. */
  endStep: (ms: number | null) => void
  /** Of the steps that count. */
  median: () => MedianStep
}

export function startProfiler(): Profiler {
  const steps: { ms: number; sums: ReadonlyMap<string, Sums> }[] = []
  let step = new Map<string, Sums>()
  return {
    observe: (call, ms) => {
      const name = nameOf(call)
      const { calls, ms: before, flops, bytes } = step.get(name) ?? { calls: 0, ms: 0, flops: 0, bytes: 0 }
      step.set(name, { calls: calls + 1, ms: before + ms, flops: flops + flopsOf(call), bytes: bytes + trafficOf(call) })
    },
    endStep: (ms) => {
      if (ms !== null) steps.push({ ms, sums: step })
      step = new Map()
    },
    median: () => {
      const median = [...steps].sort((a, b) => a.ms - b.ms)[Math.floor(steps.length / 2)]
      if (!median) throw new Error('no step was profiled')
      const kernels = [...median.sums].map(([kernel, sums]): KernelProfile => ({ ...sums, kernel }))
      return { stepMs: median.ms, kernels: kernels.sort((a, b) => b.ms - a.ms) }
    },
  }
}

const nameOf = (call: Call) => (call.kernel === 'matMul' ? `matMul ${call.numbers.layout}` : call.kernel)

/** The same target, but that its machines tell `observe` of each call of their programs. */
export function observedTarget(target: PlanTarget, observe: Observe): PlanTarget {
  return {
    ...target,
    open: async (states, settings, flops) => {
      const machine = await target.open(states, settings, flops)
      return { ...machine, program: (plan) => machine.program(plan, observe) }
    },
  }
}
