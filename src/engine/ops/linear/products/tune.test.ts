// The trial names candidates that exist and that the device can run, for every class, and keeps to its time.

import { beforeAll, describe, expect, it } from 'vitest'
import { nodeGpu } from '../../../../../test/setup/webgpu.ts'
import { startBackend } from '../../../backends/start.ts'
import { deviceFailure, openDevice } from '../../../backends/webgpu.ts'
import { candidateNamed, runsOn } from './candidates.ts'
import {
  choicesKey,
  type KeptChoices,
  type KernelChoices,
  nameOfClass,
  productClasses,
  traitsOf,
  untriedChoices,
} from './choices.ts'
import { choicesFor, tuneProducts } from './tune.ts'

function device(): GPUDevice {
  const opened = openDevice()
  if (!opened) throw new Error('the device is open')
  return opened
}

describe.skipIf(nodeGpu === null)('products on a device', () => {
  beforeAll(async () => {
    await startBackend('webgpu', { wasmFiles: null, isolated: false })
  })

  it('are chosen among what there is and what the device can run', async () => {
    const choices = await tuneProducts(device())
    expect(deviceFailure()).toBeNull()
    expect(choices.key).toBe(choicesKey(device()))
    expect(Object.keys(choices.products)).toEqual(productClasses.map(nameOfClass))
    for (const name of Object.values(choices.products)) {
      const candidate = candidateNamed(name)
      expect(candidate && runsOn(candidate, traitsOf(device())), name).toBe(true)
    }
  })

  it('keep the best guess where no time is left', async () => {
    let calls = 0
    const choices = await tuneProducts(device(), () => 1e6 * calls++)
    expect(choices).toEqual(untriedChoices(device()))
  })

  it('are tried once, and kept', async () => {
    let kept: KernelChoices | null = { ...untriedChoices(device()), key: 'another device' }
    let writes = 0
    const place: KeptChoices = {
      read: async () => kept,
      write: async (choices) => {
        kept = choices
        writes += 1
      },
    }
    const first = await choicesFor(device(), place)
    expect(await choicesFor(device(), place)).toEqual(first)
    expect(first.key).toBe(choicesKey(device()))
    expect(writes).toBe(1)
  })
})
