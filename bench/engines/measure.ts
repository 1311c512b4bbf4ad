// Engines in turn: each takes a step or a few, then the next, for several rounds, so that a machine that slows down slows all of them.

import { throwIfDeviceFailed } from '../../src/engine/backends/webgpu.ts'
import type { PlanTarget } from '../../src/engine/plan/target.ts'
import { jaxEngine } from './jax.ts'
import { ownEngine } from './own.ts'
import { plainTensorFlow } from './plainTensorFlow.ts'
import type { Engine, EngineName, Place, Task } from './task.ts'
import { torchEngine } from './torch.ts'

/** `ms` is the median of a step; `spread` the quickest and the slowest; `loss` that of step COMPARED_STEP. */
export type Timed = {
  name: EngineName
  ms: number
  spread: readonly [number, number]
  loss: number
  steps: number
  peakBytes: number | null
}
export type Measured = { task: Task; engines: readonly Timed[]; absent: readonly { name: EngineName; reason: string }[] }

/** Where engines run: on which of TensorFlow.js' and jax-js' backends, and on what plans do. */
export type Ground = { place: Place; target: PlanTarget }

const makers: Readonly<Record<EngineName, (task: Task, ground: Ground) => Engine | Promise<Engine>>> = {
  plan: (task, { target }) => ownEngine(target, task),
  eager: (task) => ownEngine(null, task),
  'plain TensorFlow.js': (task) => plainTensorFlow(task, true),
  'plain TensorFlow.js, learned positions': (task) => plainTensorFlow(task, false),
  'jax-js': (task, { place }) => jaxEngine(task, place),
  PyTorch: torchEngine,
}
const names: readonly EngineName[] = [
  'plan',
  'eager',
  'plain TensorFlow.js',
  'plain TensorFlow.js, learned positions',
  'jax-js',
  'PyTorch',
]

/** V8's baseline compiler runs the first steps of an engine in wasm: all of them begin to count when that is long over. */
const WARMUP_MS = 3000
const WARMUP_STEPS = 4
/** From 1: every engine comes to it while it warms up, whatever its speed. */
export const COMPARED_STEP = 4
/** The first is not counted: on a GPU, what is left of another engine's work falls into it. */
const STEPS_A_TURN = 3

export async function measureEngines(task: Task, ground: Ground, rounds: number): Promise<Measured> {
  const running: { name: EngineName; engine: Engine; times: number[]; loss: number }[] = []
  const absent: { name: EngineName; reason: string }[] = []
  for (const name of names) {
    if (name === 'PyTorch' && ground.place !== 'wasm') continue
    try {
      const engine = await makers[name](task, ground)
      let loss = Number.NaN
      const began = performance.now()
      for (let step = 1; step <= WARMUP_STEPS || performance.now() - began < WARMUP_MS; step++) {
        const own = await engine.step()
        throwIfDeviceFailed()
        if (step === COMPARED_STEP) loss = own
      }
      running.push({ name, engine, times: [], loss })
    } catch (error) {
      absent.push({ name, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const turn of running) {
      for (let step = 0; step < STEPS_A_TURN; step++) {
        const start = performance.now()
        await turn.engine.step()
        throwIfDeviceFailed()
        if (step > 0) turn.times.push(performance.now() - start)
      }
    }
  }
  const peaks = new Map<EngineName, number | null>()
  for (const { name, engine } of running) peaks.set(name, await engine.peakBytes())
  const engines = running.map(({ name, engine, times, loss }): Timed => {
    engine.dispose()
    times.sort((a, b) => a - b)
    const at = (place: number) => times[place] ?? Number.NaN
    const peakBytes = peaks.get(name) ?? null
    const spread: readonly [number, number] = [at(0), at(times.length - 1)]
    return { name, ms: at(Math.floor(times.length / 2)), spread, loss, steps: times.length, peakBytes }
  })
  return { task, engines, absent }
}
