// Blocks never overlap, a gap is used again, and memory is asked for before it is given out.

import { expect, it } from 'vitest'
import { roomFrom } from './room.ts'

it('gives out the lowest place that is large enough', () => {
  const reached: number[] = []
  const room = roomFrom(100, (end) => void reached.push(end))
  expect([room.take(10), room.take(20), room.take(30)]).toEqual([100, 110, 130])
  expect(reached).toEqual([110, 130, 160])
  room.giveBack(110)
  expect(room.take(21)).toBe(160)
  expect(room.take(15)).toBe(110)
  expect(room.take(5)).toBe(125)
  room.giveBack(100)
  expect(room.take(10)).toBe(100)
})

it('takes nothing where the memory cannot be had', () => {
  const room = roomFrom(0, (end) => {
    if (end > 50) throw new RangeError('no more')
  })
  expect(room.take(40)).toBe(0)
  expect(() => room.take(20)).toThrow(RangeError)
  expect(room.take(10)).toBe(40)
  expect(() => room.giveBack(41)).toThrow('nothing was taken')
})
