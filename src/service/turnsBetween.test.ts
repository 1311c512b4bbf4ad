// While a model writes, messages are heard.

import { expect, it } from 'vitest'
import { tinyDecoder } from '../../test/tinyModel.ts'
import type { OpenReader } from '../sft/reader.ts'
import { turnsBetween } from './turnsBetween.ts'

const shape = { rows: 1, paddedKeys: null, capacity: 8 }

/** A reader that computes for a while and is then done, as plans on the CPU are. */
function busyReader(milliseconds: number): { open: OpenReader; disposed: () => boolean } {
  let disposed = false
  const open: OpenReader = async () => ({
    read: async (ids) => {
      const ends = performance.now() + milliseconds
      while (performance.now() < ends);
      return [Float32Array.from(ids)]
    },
    dispose: () => {
      disposed = true
    },
  })
  return { open, disposed: () => disposed }
}

/** Whether a message that was sent before is heard while `reads` passes are made. */
async function heardWhileReading(open: OpenReader, reads: number): Promise<boolean> {
  const reader = await open(tinyDecoder({}), shape)
  let heard = false
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    heard = true
  }
  port2.postMessage(null)
  for (let count = 0; count < reads; count++) expect(await reader.read([count])).toEqual([Float32Array.of(count)])
  const heardInTime = heard
  port1.close()
  reader.dispose()
  return heardInTime
}

it('lets messages in between passes that never wait', async () => {
  const { open, disposed } = busyReader(20)
  expect(await heardWhileReading(open, 3)).toBe(false)
  expect(await heardWhileReading(turnsBetween(open), 3)).toBe(true)
  expect(disposed()).toBe(true)
})
