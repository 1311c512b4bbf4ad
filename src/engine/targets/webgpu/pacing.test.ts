// What a submit holds, and that no more is under way than should be.

import { expect, it } from 'vitest'
import { endsOf, pacerOf } from './pacing.ts'

it('cuts work where a submit would hold too much, and leaves nothing out', () => {
  expect(endsOf([1, 1, 1, 1], 2)).toEqual([2, 4])
  expect(endsOf([5, 1, 5], 2)).toEqual([1, 2, 3])
  expect(endsOf([1, 1], 100)).toEqual([2])
  expect(endsOf([], 100)).toEqual([0])
})

/** A device whose work ends when the test says so. */
function heldDevice() {
  const waiting: (() => void)[] = []
  let submitted = 0
  return {
    submitted: () => submitted,
    start: () => {
      submitted++
    },
    endOne: () => waiting.shift()?.(),
    workDone: () => new Promise<void>((resolve) => waiting.push(resolve)),
  }
}

it('holds back what would keep the device busy for long, and goes on when something is done', async () => {
  const device = heldDevice()
  const pacer = pacerOf(device.workDone)
  // By the first pace, 5e5 a millisecond, each is 90 ms.
  await pacer.submit(device.start, 4.5e7)
  await pacer.submit(device.start, 4.5e7)
  const third = pacer.submit(device.start, 4.5e7)
  await Promise.resolve()
  expect(device.submitted()).toBe(2)
  device.endOne()
  await third
  expect(device.submitted()).toBe(3)
})

it('lets one piece of any size through', async () => {
  const device = heldDevice()
  await pacerOf(device.workDone).submit(device.start, 1e12)
  expect(device.submitted()).toBe(1)
})
