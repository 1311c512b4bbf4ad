// What the tile "time left" may promise.

import { expect, test } from 'vitest'
import { timeLeftMs } from './timeLeft.ts'

test('nothing is promised before the first step', () => {
  expect(timeLeftMs({ stepsDone: 0, totalSteps: 10, trainedMs: 0, lastStepMs: 0 })).toBeNull()
})

test('after one step that step is the measure', () => {
  expect(timeLeftMs({ stepsDone: 1, totalSteps: 10, trainedMs: 0, lastStepMs: 50 })).toBe(450)
})

test('later the whole of the run is, without its slow first step', () => {
  expect(timeLeftMs({ stepsDone: 5, totalSteps: 10, trainedMs: 400, lastStepMs: 9000 })).toBe(500)
})

test('a run past its plan has no time left, never a negative one', () => {
  expect(timeLeftMs({ stepsDone: 12, totalSteps: 10, trainedMs: 400, lastStepMs: 10 })).toBe(0)
})
