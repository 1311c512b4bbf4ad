// That a device's error is heard: training on after one would be silently wrong.

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { nodeGpu } from '../../../test/setup/webgpu.ts'
import { startBackend } from './start.ts'
import { deviceFailure } from './webgpu.ts'

const host = { wasmFiles: null, isolated: false }

it.skipIf(nodeGpu === null)('keeps the first error of a device, until another is opened', async () => {
  const report = await startBackend('webgpu', host)
  expect(report).toMatchObject({ backend: 'webgpu', reason: 'asked-for' })
  expect(report.adapter).not.toBe('')
  expect(deviceFailure()).toBeNull()

  const backend = tf.backend()
  if (!(backend instanceof WebGPUBackend)) throw new Error('Another backend is in use.')
  // Reading and writing from the host at once is not allowed for a buffer.
  backend.device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE })
  await backend.device.queue.onSubmittedWorkDone()
  await expect.poll(deviceFailure).toMatch(/usage/i)

  await startBackend('webgpu', host)
  expect(deviceFailure()).toBeNull()
})
