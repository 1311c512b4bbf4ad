// However fast events come, they are handed on in few batches, in order, and none is lost.

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gatherByFrame } from './runFrames.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a thousand events within a frame are one batch', () => {
  const batches: (readonly number[])[] = []
  const frames = gatherByFrame<number>((items) => batches.push(items))
  for (let event = 0; event < 1000; event += 1) frames.add(event)
  vi.advanceTimersByTime(20)
  expect(batches).toHaveLength(1)
  expect(batches[0]).toHaveLength(1000)
})

test('what is left is handed on at once when the work ends, and only once', () => {
  const batches: (readonly number[])[] = []
  const frames = gatherByFrame<number>((items) => batches.push(items))
  frames.add(1)
  frames.flush()
  frames.flush()
  vi.advanceTimersByTime(1000)
  expect(batches).toEqual([[1]])
})

test('later events wait for a frame of their own', () => {
  const batches: (readonly number[])[] = []
  const frames = gatherByFrame<number>((items) => batches.push(items))
  frames.add(1)
  vi.advanceTimersByTime(20)
  frames.add(2)
  vi.advanceTimersByTime(20)
  expect(batches).toEqual([[1], [2]])
})
