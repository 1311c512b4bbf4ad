// A machine starts the threads that its runs are worth, and no others.

import { expect, it } from 'vitest'
import { inlinedKernels } from './inlinedKernels.ts'
import { cpuTarget } from './machine.ts'

const settings = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0 }

/** How many threads beside the caller a machine of three has started. */
async function startedFor(flops?: number): Promise<number> {
  let started = 0
  const startThread = () => {
    started += 1
    if (inlinedKernels.startThread === null) throw new Error('Node has threads')
    return inlinedKernels.startThread()
  }
  const machine = await cpuTarget({ ...inlinedKernels, startThread }, 3).open([], settings, flops)
  machine.dispose()
  return started
}

it('starts its threads where it is not told what its runs are', async () => {
  expect(await startedFor()).toBe(2)
})

it('starts them for runs that are long enough', async () => {
  expect(await startedFor(1e9)).toBe(2)
})

it('starts none for short runs', async () => {
  expect(await startedFor(1e7)).toBe(0)
})
