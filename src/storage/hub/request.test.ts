// The pause that a server asks for, in both forms that the header has.

import { expect, it } from 'vitest'
import { startPace } from './pace.ts'
import { pauseAsked } from './request.ts'

it.each([
  [null, null],
  ['7', 7000],
  [' 0 ', 0],
  ['Thu, 01 Jan 1970 00:01:40 GMT', 40_000],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 0],
  ['soon', null],
])('Retry-After: %s', (header, ms) => {
  expect(pauseAsked(header, 60_000)).toBe(ms)
})

it('the pace is that of the last seconds, and unknown in the first', () => {
  let nowMs = 0
  const pace = startPace(() => nowMs)
  const at = (ms: number, done: number) => {
    nowMs = ms
    return pace(done, 10_000)
  }
  expect(at(0, 5000)).toEqual({ bytesPerSecond: null, secondsLeft: null })
  expect(at(2000, 5200)).toEqual({ bytesPerSecond: 100, secondsLeft: 48 })
  for (let ms = 3000; ms <= 20_000; ms += 1000) at(ms, 5200)
  expect(at(21_000, 5200)).toEqual({ bytesPerSecond: 0, secondsLeft: null })
  expect(at(22_000, 100)).toEqual({ bytesPerSecond: null, secondsLeft: null })
})
