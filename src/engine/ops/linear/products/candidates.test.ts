// Every candidate gives the right numbers for every product, so that a choice can be slow but never wrong.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { comesClose } from '../../../../../test/runCallRow.ts'
import { nodeGpu } from '../../../../../test/setup/webgpu.ts'
import { startBackend } from '../../../backends/start.ts'
import { deviceFailure, openDevice } from '../../../backends/webgpu.ts'
import type { ProductLayout } from '../../../plan/calls.ts'
import { webGpuTarget } from '../../../targets/webgpu/machine.ts'
import { productRow } from '../callRows.ts'
import { type Candidate, candidates, runsOn } from './candidates.ts'
import { choicesKey, nameOfClass, productClasses, traitsOf } from './choices.ts'

const layouts: readonly ProductLayout[] = ['a·bᵀ', 'a·b', 'aᵀ·b']

/** [m, n, k], some of which only the kernel for any size can do; the last are split. */
const sizes: readonly (readonly [number, number, number])[] = [
  [1, 36, 68],
  [6, 132, 92],
  [100, 140, 60],
  [33, 65, 37],
  [28, 40, 700],
]

const rowsOf = (layout: ProductLayout) => [
  ...sizes.map((each) => productRow({ sizes: each, layout, bias: true, scale: 0.5 })),
  productRow({ sizes: [20, 68, 300], layout, accumulate: true, scale: -2 }),
]

/**
 * All rows. A software adapter compiles a kernel with workgroup memory for many seconds: there each of these is looked at with one size of
 * its tiles, and the one with 8 × 8 sums in one layout.
 */
function rowsFor({ kernel, groupsWanted, constants }: Candidate, isSoftware: boolean) {
  const isShared = kernel === 'shared8' || kernel === 'shared4'
  if (isShared && isSoftware && (groupsWanted === 1 || constants.down !== 8)) return []
  if (kernel === 'shared8' && isSoftware) return rowsOf('a·bᵀ')
  const bf16 = (['a·bᵀ', 'a·b'] as const).map((layout) => productRow({ sizes: [20, 68, 300], layout, dtype: 'bf16' }))
  return [...layouts.flatMap(rowsOf), ...bf16]
}

describe.skipIf(nodeGpu === null)('a candidate', () => {
  beforeAll(async () => {
    await startBackend('webgpu', { wasmFiles: null, isolated: false })
  })
  afterEach(() => {
    expect(deviceFailure()).toBeNull()
  })

  it.each(candidates.map((candidate) => [candidate.name, candidate] as const))('%s', async (name, candidate) => {
    const device = openDevice()
    if (!device) throw new Error('the device is open')
    const traits = traitsOf(device)
    if (!runsOn(candidate, traits)) return
    const products = Object.fromEntries(productClasses.map((one) => [nameOfClass(one), name]))
    const target = webGpuTarget(device, { choices: { key: choicesKey(device), products } })
    for (const row of rowsFor(candidate, traits.isSoftware)) await comesClose(row, target)
  })
})
