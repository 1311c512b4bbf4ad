// What tiles are chosen for how much workgroup memory.

import { describe, expect, it } from 'vitest'
import { tilingFor } from './tiling.ts'

const forward = { rows: 1, columns: 1, weights: 1, shares: true }
const keyGradients = { rows: 2, columns: 2, weights: 2, shares: false }

describe('tilingFor', () => {
  it('takes the largest where there is room', () => {
    expect(tilingFor(forward, 2, 32_768)).toEqual({ rowLanes: 8, columns: 4 })
    expect(tilingFor(keyGradients, 2, 49_152)).toEqual({ rowLanes: 8, columns: 4 })
  })

  it('takes smaller ones for larger heads and for less memory', () => {
    expect(tilingFor(keyGradients, 2, 32_768)).toEqual({ rowLanes: 8, columns: 2 })
    expect(tilingFor(keyGradients, 4, 32_768)).toEqual({ rowLanes: 4, columns: 1 })
    expect(tilingFor(forward, 1, 5000)).toEqual({ rowLanes: 4, columns: 1 })
  })

  it('takes none where nothing fits', () => {
    expect(tilingFor(forward, 1, 0)).toBeNull()
    expect(tilingFor(keyGradients, 8, 32_768)).toBeNull()
  })

  it('takes none for heads that the sums have no room for', () => {
    expect(tilingFor(forward, 9, Number.POSITIVE_INFINITY)).toBeNull()
  })
})
