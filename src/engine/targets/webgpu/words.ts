// The numbers of a program's dispatches, a slot each of one uniform buffer; those that are said at each run are written in one go.
// Must not know: kernels, plans.

import type { Scalars } from '../../plan/target.ts'
import { type Dispatch, putWords, WORDS_STRIDE, type Word } from './dispatch.ts'

export type WordsBuffer = {
  buffer: GPUBuffer
  /** Writes the words that depend on what is said at this run. */
  write: (scalars: Scalars) => void
}

export function wordsOf(device: GPUDevice, dispatches: readonly Dispatch[]): WordsBuffer {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
  const buffer = device.createBuffer({ label: 'words', size: Math.max(1, dispatches.length) * WORDS_STRIDE, usage })
  const view = new DataView(new ArrayBuffer(buffer.size))
  const changing: { at: number; words: (scalars: Scalars) => readonly Word[] }[] = []
  for (const [index, { words }] of dispatches.entries()) {
    const at = index * WORDS_STRIDE
    if (typeof words === 'function') changing.push({ at, words })
    else putWords(view, at, words)
  }
  device.queue.writeBuffer(buffer, 0, view.buffer)
  const from = changing[0]?.at ?? 0
  const to = (changing.at(-1)?.at ?? 0) + WORDS_STRIDE
  return {
    buffer,
    write: (scalars) => {
      if (changing.length === 0) return
      for (const { at, words } of changing) putWords(view, at, words(scalars))
      device.queue.writeBuffer(buffer, from, view.buffer, from, to - from)
    },
  }
}
