// The columns must stay aligned with the steps, whichever run is longer.

import { expect, test } from 'vitest'
import type { TrainStep } from '../../protocol/train.ts'
import { chartData, epochTicks } from './chartData.ts'

const stepAt = (step: number, loss: number): TrainStep => ({
  step,
  epoch: step,
  loss,
  gradNorm: 1,
  learningRate: 1,
  tokensPerSecond: 1,
  stepMs: 1,
  bytesHeld: 1,
})

test('a shorter twin is padded with gaps', () => {
  const data = chartData([stepAt(1, 3), stepAt(2, 2)], [stepAt(1, 5)], 2)
  expect(data.steps).toEqual([1, 2])
  expect(data.raw).toEqual([3, 2])
  expect(data.twinRaw).toEqual([5, null])
  expect(data.twinSmooth[1]).toBeNull()
})

test('a loss that is no number is a gap, and the line before it stays', () => {
  const data = chartData([stepAt(1, 3), stepAt(2, Number.NaN)], [], 2)
  expect(data.raw).toEqual([3, null])
  expect(data.smooth[0]).toBeCloseTo(3)
})

test('the held-out loss stands at the steps that end an epoch', () => {
  const steps = [1, 2, 3, 4].map((step) => stepAt(step, 1))
  const epochs = [
    { step: 2, evalLoss: 0.5 },
    { step: 4, evalLoss: null },
  ]
  expect(chartData(steps, [], 2, epochs).heldOut).toEqual([null, 0.5, null, null])
})

test('epoch ticks stand at the ends of epochs and are thinned to round distances', () => {
  expect(epochTicks(0, 12, 3, 10)).toEqual([3, 6, 9, 12])
  expect(epochTicks(0, 48, 3, 5)).toEqual([15, 30, 45])
  expect(epochTicks(7, 12, 3, 10)).toEqual([9, 12])
  expect(epochTicks(0, 12, 0, 10)).toEqual([])
})
