// The call table on every target that this machine has, software GPUs included.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { comesClose, runCallRow } from '../../../test/runCallRow.ts'
import { nodeGpu } from '../../../test/setup/webgpu.ts'
import { startBackend } from '../backends/start.ts'
import { deviceFailure, openDevice } from '../backends/webgpu.ts'
import { workgroupRows } from '../ops/attention/callRows.ts'
import { type CallRow, PART_BYTES } from './callRow.ts'
import { callRows } from './callTable.ts'
import { inlinedKernels } from './cpu/inlinedKernels.ts'
import { cpuTarget } from './cpu/machine.ts'
import { webGpuTarget } from './webgpu/machine.ts'

if (nodeGpu === null && process.env.CI) throw new Error('the GPU target cannot be tested: no Vulkan driver gives an adapter')

const named = (some: readonly CallRow[]) => some.map((row) => [row.name, row] as const)
const rows = named(callRows)

describe('on the CPU', () => {
  it.each(rows)('%s', (_name, row) => comesClose(row, cpuTarget(inlinedKernels, 1)))
})

describe.skipIf(nodeGpu === null)('on the GPU', () => {
  beforeAll(async () => {
    await startBackend('webgpu', { wasmFiles: null, isolated: false })
  })
  afterEach(() => {
    expect(deviceFailure()).toBeNull()
  })

  const device = () => {
    const opened = openDevice()
    if (!opened) throw new Error('the device is open')
    return opened
  }

  it.each(rows)('%s', (_name, row) => comesClose(row, webGpuTarget(device())))

  it.each(named(callRows.filter(({ inParts }) => inParts)))('in parts: %s', (_name, row) =>
    comesClose(row, webGpuTarget(device(), { bindingBytes: PART_BYTES })),
  )

  it.each(workgroupRows.flatMap(({ bytes, rows: own }) => own.map((row) => [row.name, bytes, row] as const)))(
    '%s, with %i bytes of workgroup memory',
    (_name, attentionBytes, row) => comesClose(row, webGpuTarget(device(), { attentionBytes })),
  )

  const sums = callRows.filter(({ name }) => /^(attention|scatterAdd|sumOfSquares|sumRows|total|rmsNorm|crossEntropy)/.test(name))
  it.each(named(sums))('the same bits each time: %s', async (_name, row) => {
    const [once, again] = [await runCallRow(row, webGpuTarget(device())), await runCallRow(row, webGpuTarget(device()))]
    expect([...again.written.values()]).toEqual([...once.written.values()])
  })
})
