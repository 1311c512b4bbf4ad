// Norm, clipping and the sums of gradients, on every backend. The loss and its gradients are in the op table.

import { describe, expect, it } from 'vitest'
import { onEveryBackend } from '../opTable/backends.ts'
import { expectClose } from '../opTable/close.ts'
import { numbersFrom, range, spread, sum } from '../opTable/float64.ts'
import { disposeAll, fromValues, memoryHeld, type Tensor, toValues } from '../tensor.ts'
import { addGradients, clipFactor, globalNorm } from './gradients.ts'

const tensor = (values: readonly number[]): Tensor => fromValues(Float32Array.from(values), [values.length])

describe('clipFactor', () => {
  it.each([
    ['a norm below the limit', 0.5, 1, 1],
    ['no limit', 1e9, 0, 1],
    ['twice the limit', 2, 1, 0.5],
    ['a limit below 1', 10, 0.1, 0.01],
    ['a norm of zero', 0, 1, 1],
  ])('%s', (_name, norm, limit, factor) => {
    // 1e-6 is torch's guard against a norm of zero, so the factor is a millionth off at a norm of 1.
    expect(clipFactor(norm, limit)).toBeCloseTo(factor, 5)
    expect(clipFactor(norm, limit)).toBeLessThanOrEqual(factor)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is no number for a norm of %s, clipped or not', (norm) => {
    expect([clipFactor(norm, 0), clipFactor(norm, 1)]).toEqual([Number.NaN, Number.NaN])
  })
})

onEveryBackend(() => {
  it('takes the norm over all gradients together, more of them than a shader has bindings', async () => {
    const before = memoryHeld()
    const random = numbersFrom(5)
    const values = range(40).map((at) => spread(at + 1, random))
    const gradients = Object.fromEntries(values.map((row, at) => [`w${at}`, tensor(row)]))
    const norm = await globalNorm(gradients)
    expectClose([norm], [Math.sqrt(sum(values.flat().map((value) => value * value)))], 1e-6, 'norm')
    disposeAll(gradients)
    expect(memoryHeld()).toEqual(before)
  })

  it('adds the gradients of a window name by name, and disposes what it added', async () => {
    const before = memoryHeld()
    let total: Record<string, Tensor> | null = null
    total = addGradients(total, { a: tensor([1, 2]), b: tensor([3]) })
    total = addGradients(total, { a: tensor([10, 20]), b: tensor([30]) })
    total = addGradients(total, { a: tensor([100, 200]), b: tensor([300]) })
    const read = await Promise.all(Object.values(total).map(toValues))
    expect(read.map((values) => [...values])).toEqual([[111, 222], [333]])
    disposeAll(total)
    expect(memoryHeld()).toEqual(before)
  })
})
