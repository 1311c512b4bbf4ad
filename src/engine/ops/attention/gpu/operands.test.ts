// What is bound where keys are hidden from queries.

import { expect, it } from 'vitest'
import { planBuilder } from '../../../plan/builder.ts'
import type { Place } from '../../../targets/webgpu/dispatch.ts'
import { roomsOf } from '../../../targets/webgpu/rooms.ts'
import { hiddenOf } from './operands.ts'

it('is padding or the beginnings of texts, and never both', () => {
  const build = planBuilder()
  const [padding, begins] = [build.feed('padding', 2), build.feed('begins', 10)]
  const at = (offset: number): Place => ({ buffer: null, offset, bytes: 40 })
  const places = { one: (value: object) => at(value === begins ? 512 : 256), parts: () => [], workspace: at(0) }
  const rooms = roomsOf(at(0))
  expect(hiddenOf({ padding }, places, rooms)).toEqual(at(256))
  expect(hiddenOf({ begins }, places, rooms)).toEqual(at(512))
  expect(() => hiddenOf({ padding, begins }, places, rooms)).toThrow('not both')
})
