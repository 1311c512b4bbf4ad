// What the WebGPU target asks of the device: one kernel over some buffers, with its numbers.
// A kernel's storage operands are bindings 0, 1, … of group 0, all declared `read_write`, because operands of one call may lie in one
// buffer, which WebGPU lets a dispatch bind more than once only as writable; the uniform with its words comes behind them.
// Must not know: plans, ops.

import type { Scalars } from '../../plan/target.ts'
import type { Scalar } from '../../plan/values.ts'

/** What the offset of a binding is a multiple of on any device. */
export const OFFSET_BYTES = 256

/** Bytes of a buffer; buffer null: of the arena, which is replaced when it grows. The offset is a multiple of OFFSET_BYTES. */
export type Place = { buffer: GPUBuffer | null; offset: number; bytes: number }

/** WGSL with the entry point `main`. The name is for messages; the same name always means the same source. */
export type Kernel = { name: string; source: string }

/** A number of a kernel's uniform, 4 bytes. */
export type Word = { u32: number } | { i32: number } | { f32: number }

export type Dispatch = {
  kernel: Kernel
  /** Values of its `override` constants. */
  constants: Readonly<Record<string, number>>
  operands: readonly Place[]
  /** Its uniform; a function where a word depends on what is said at each run. */
  words: readonly Word[] | ((scalars: Scalars) => readonly Word[])
  groups: readonly [number, number, number]
}

export const u32 = (value: number): Word => ({ u32: value })
export const i32 = (value: number): Word => ({ i32: value })
export const f32 = (value: number): Word => ({ f32: value })

/** What was said at this run. */
export function said(scalars: Scalars, { scalar }: Scalar): number {
  const value = scalars[scalar]
  if (value === undefined) throw new Error(`the program wants the scalar ${scalar}`)
  return value
}

/** Workgroups a device runs in one dimension at least. */
const GROUPS_ACROSS = 65_535

/** So many workgroups; where one dimension does not hold them, rows of them. A kernel counts group.y · groups.x + group.x and stops at its size. */
export function inRows(groups: number): readonly [number, number, number] {
  const down = Math.max(1, Math.ceil(groups / GROUPS_ACROSS))
  return [Math.max(1, Math.ceil(groups / down)), down, 1]
}

/** Bytes from one dispatch's words to the next one's: what a uniform's offset must be a multiple of on any device. */
export const WORDS_STRIDE = 256

/** Writes words into `view` from byte `at` on. */
export function putWords(view: DataView, at: number, words: readonly Word[]): void {
  if (words.length * 4 > WORDS_STRIDE)
    throw new Error(`a kernel has ${words.length} words, more than a slot of the uniform holds`)
  for (const [index, word] of words.entries()) {
    if ('u32' in word) view.setUint32(at + 4 * index, word.u32, true)
    else if ('i32' in word) view.setInt32(at + 4 * index, word.i32, true)
    else view.setFloat32(at + 4 * index, word.f32, true)
  }
}
