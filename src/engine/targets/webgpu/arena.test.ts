// The arena grows, and stays of use where it cannot.

import { expect, it } from 'vitest'
import { counted } from '../../../../test/setup/countedDevice.ts'
import { nodeGpu } from '../../../../test/setup/webgpu.ts'
import { deviceFailure, deviceOn, findAdapter } from '../../backends/webgpu.ts'
import { openArena } from './arena.ts'

it.skipIf(nodeGpu === null)('is there still after it was asked for more than there is', async () => {
  const found = await findAdapter()
  if (found.kind !== 'adapter') throw new Error('there is an adapter')
  const device = await deviceOn(found.adapter)
  const memory = counted(device)
  const arena = openArena(device)
  await arena.grow(4096)
  await expect(arena.grow(2 ** 40)).rejects.toBeInstanceOf(RangeError)
  expect(arena.bytes()).toBe(4096)

  memory.limit(65_536)
  await expect(arena.grow(100_000)).rejects.toBeInstanceOf(RangeError)
  expect(memory.held()).toBe(arena.bytes())
  await arena.grow(8192)
  expect(memory.held()).toBe(8192)
  device.queue.writeBuffer(arena.buffer(), 0, new Uint8Array(8192))
  await device.queue.onSubmittedWorkDone()
  expect(deviceFailure()).toBeNull()
  arena.destroy()
  expect(memory.held()).toBe(0)
})
