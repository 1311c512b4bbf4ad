// The targets of the op table's plans: one entry each.
// Must not know: ops, cases.

import '../../../test/setup/relaxedSimd.ts'
import { held, type Memory, runReference } from '../../../test/planReference.ts'
import { nodeGpu } from '../../../test/setup/webgpu.ts'
import { deviceOn, findAdapter } from '../backends/webgpu.ts'
import type { PlanMachine } from '../plan/target.ts'
import type { Value } from '../plan/values.ts'
import { inlinedKernels } from '../targets/cpu/inlinedKernels.ts'
import { hasRelaxedSimd } from '../targets/cpu/kernels.ts'
import { cpuTarget } from '../targets/cpu/machine.ts'
import { webGpuTarget } from '../targets/webgpu/machine.ts'

type TestedMachine = Pick<PlanMachine, 'program' | 'write' | 'read' | 'dispose'>

export type TestedTarget = {
  name: string
  /** Why it cannot be tested here; null where it can. */
  missing: string | null
  open: (states: readonly Value[]) => Promise<TestedMachine>
}

const update = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0 }
const plain = { ...inlinedKernels, relaxed: inlinedKernels.plain }

let device: Promise<GPUDevice> | null = null

async function gpuDevice(): Promise<GPUDevice> {
  const found = await findAdapter()
  if (found.kind !== 'adapter') throw new Error('no Vulkan driver gives an adapter')
  return deviceOn(found.adapter)
}

export const planTargets: readonly TestedTarget[] = [
  { name: 'definitions in float64', missing: null, open: async () => referenceMachine() },
  { name: 'cpu, plain', missing: null, open: (states) => cpuTarget(plain, 1).open(states, update) },
  { name: 'cpu, plain, 2 threads', missing: null, open: (states) => cpuTarget(plain, 2).open(states, update) },
  {
    name: 'cpu, relaxed',
    missing: hasRelaxedSimd() ? null : 'this Node has no relaxed SIMD',
    open: (states) => cpuTarget(inlinedKernels, 1).open(states, update),
  },
  {
    name: 'webgpu',
    missing: nodeGpu === null ? 'no Vulkan driver gives an adapter' : null,
    open: async (states) => {
      device ??= gpuDevice()
      return webGpuTarget(await device).open(states, update)
    },
  },
]

function referenceMachine(): TestedMachine {
  const memory: Memory = new Map()
  return {
    program: (plan) => async (feeds, scalars) => {
      const given = Object.entries(feeds).map(([name, numbers]): [string, number[]] => [name, Array.from(numbers)])
      const results = Object.entries(runReference(plan, memory, Object.fromEntries(given), scalars))
      return Object.fromEntries(results.map(([name, numbers]) => [name, Float32Array.from(numbers)]))
    },
    write: (state, numbers) => held(memory, state).set(numbers),
    read: async (state) => Float32Array.from(held(memory, state)),
    dispose: () => memory.clear(),
  }
}
