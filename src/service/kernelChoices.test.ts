// A trial is made once for a device, and again for another one or where what was kept is damaged.

import { expect, it } from 'vitest'
import { nodeGpu } from '../../test/setup/webgpu.ts'
import { deviceOn, findAdapter } from '../engine/backends/webgpu.ts'
import { choicesKey } from '../engine/ops/linear/products/choices.ts'
import { type KeptJson, keptInMemory } from '../storage/keptJson.ts'
import { kernelChoicesFor } from './kernelChoices.ts'

if (nodeGpu === null && process.env.CI) throw new Error('the trial cannot be tested: no Vulkan driver gives an adapter')

function counting(kept: KeptJson): { kept: KeptJson; writes: () => number } {
  let writes = 0
  const write = async (value: unknown) => {
    writes++
    await kept.write(value)
  }
  return { kept: { ...kept, write }, writes: () => writes }
}

it.skipIf(nodeGpu === null)('is made once for a device, and again where what was kept is of no use', async () => {
  const found = await findAdapter()
  if (found.kind !== 'adapter') throw new Error('there is an adapter')
  const device = await deviceOn(found.adapter)
  const { kept, writes } = counting(keptInMemory())
  const first = await kernelChoicesFor(device, kept)
  expect(first.key).toBe(choicesKey(device))
  expect(await kernelChoicesFor(device, kept)).toEqual(first)
  expect(writes()).toBe(1)
  for (const useless of [{ key: 'another device', products: {} }, { key: first.key }, 'damaged', 7]) {
    await kept.write(useless)
    expect(Object.keys((await kernelChoicesFor(device, kept)).products)).toEqual(Object.keys(first.products))
  }
  device.destroy()
})
