// One product on a device outside any plan, by whichever candidate: for measuring, and for looking at its numbers.
// Must not know: what is chosen, and why.

import { halvesOf } from '../../../plan/bf16.ts'
import type { Place } from '../../../targets/webgpu/dispatch.ts'
import { type BoundDispatch, boundTo, encode } from '../../../targets/webgpu/encode.ts'
import { pipelineFor } from '../../../targets/webgpu/pipelines.ts'
import { wordsOf } from '../../../targets/webgpu/words.ts'
import { pieceDispatches, workspaceBytes } from '../dispatches.ts'
import type { Candidate } from './candidates.ts'
import type { Piece, Shape } from './piece.ts'

export type Trial = {
  /** Rejects where the device refuses the candidate. */
  compile: (candidate: Candidate) => Promise<void>
  /** Milliseconds of one product, over so many in one submit; compiles the candidate where that was not done before. */
  ms: (candidate: Candidate, repeats: number) => Promise<number>
  /** Forgets the product. */
  clear: () => void
  /** The product [m, n] as the candidate that ran last left it. */
  result: () => Promise<Float32Array<ArrayBuffer>>
  /** An element of it as it should be, computed by the host. */
  expected: (row: number, column: number) => number
  dispose: () => void
}

/** What a and b are filled with, over and over: numbers in [−0.5, 0.5) that a bfloat16 holds. */
const pattern = Float32Array.from({ length: 65_536 }, (_, at) => (Math.imul(at, 0x9e3779b1) >>> 24) / 256 - 0.5)

const patternAt = (index: number) => pattern[index % pattern.length] ?? 0

export function openTrial(device: GPUDevice, shape: Shape): Trial {
  const { m, n, k, layout, isBf16 } = shape
  const buffers: GPUBuffer[] = []
  const place = (bytes: number): Place => {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST
    const buffer = device.createBuffer({ label: 'trial', size: Math.max(256, Math.ceil(bytes / 4) * 4), usage })
    buffers.push(buffer)
    return { buffer, offset: 0, bytes: buffer.size }
  }
  const a = place(4 * m * k)
  const b = place((isBf16 ? 2 : 4) * n * k)
  const out = place(4 * m * n)
  fill(device, a, new Uint8Array(pattern.buffer))
  fill(device, b, new Uint8Array(isBf16 ? halvesOf(pattern).buffer : pattern.buffer))
  const piece: Piece = {
    ...{ ...shape, out, a, b, bias: null, accumulates: false, scale: 1, aFirst: 0, outFirst: 0, outStride: n, biasFirst: 0 },
    aStride: layout === 'aᵀ·b' ? m : k,
    bStride: layout === 'a·bᵀ' ? k : n,
  }
  const bound = new Map<Candidate, Promise<readonly BoundDispatch[]>>()
  const bind = async (candidate: Candidate) => {
    const workspace = place(workspaceBytes(shape, candidate))
    const dispatches = pieceDispatches(piece, candidate, workspace)
    const words = wordsOf(device, dispatches).buffer
    buffers.push(words)
    const pipelines = await Promise.all(
      dispatches.map(({ kernel, constants, operands }) => pipelineFor(device, kernel, constants, operands.length)),
    )
    return boundTo(device, dispatches, pipelines, words, words).dispatches
  }
  const dispatchesOf = (candidate: Candidate) => {
    const known = bound.get(candidate) ?? bind(candidate)
    bound.set(candidate, known)
    return known
  }
  return {
    compile: async (candidate) => {
      await dispatchesOf(candidate)
    },
    ms: async (candidate, repeats) => {
      const dispatches = await dispatchesOf(candidate)
      return (await timed(device, Array<readonly BoundDispatch[]>(repeats).fill(dispatches).flat())) / repeats
    },
    clear: () => fill(device, out, new Uint8Array(out.bytes)),
    result: async () => new Float32Array(await bytesOf(device, out)),
    expected: (row, column) => {
      let sum = 0
      for (let inner = 0; inner < k; inner++)
        sum +=
          patternAt(layout === 'aᵀ·b' ? inner * m + row : row * k + inner) *
          patternAt(layout === 'a·bᵀ' ? column * k + inner : inner * n + column)
      return sum
    },
    dispose: () => {
      for (const buffer of buffers) buffer.destroy()
    },
  }
}

function fill(device: GPUDevice, { buffer, bytes }: Place, data: Uint8Array<ArrayBuffer>): void {
  if (buffer === null) return
  for (let at = 0; at < bytes; at += data.length) device.queue.writeBuffer(buffer, at, data, 0, Math.min(data.length, bytes - at))
}

/** Milliseconds that dispatches take, by the device's own clock where it has one. */
async function timed(device: GPUDevice, dispatches: readonly BoundDispatch[]): Promise<number> {
  const encoder = device.createCommandEncoder()
  if (!device.features.has('timestamp-query')) {
    encode(encoder, dispatches)
    await device.queue.onSubmittedWorkDone()
    const startedMs = performance.now()
    device.queue.submit([encoder.finish()])
    await device.queue.onSubmittedWorkDone()
    return performance.now() - startedMs
  }
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 })
  const resolved = device.createBuffer({ size: 16, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC })
  encode(encoder, dispatches, { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 })
  encoder.resolveQuerySet(querySet, 0, 2, resolved, 0)
  device.queue.submit([encoder.finish()])
  const [begin = 0n, end = 0n] = new BigUint64Array(await bytesOf(device, { buffer: resolved, offset: 0, bytes: 16 }))
  resolved.destroy()
  querySet.destroy()
  return Number(end - begin) / 1e6
}

async function bytesOf(device: GPUDevice, { buffer, offset, bytes }: Place): Promise<ArrayBuffer> {
  if (buffer === null) throw new Error('a trial has no arena')
  const staging = device.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  const encoder = device.createCommandEncoder()
  encoder.copyBufferToBuffer(buffer, offset, staging, 0, bytes)
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(GPUMapMode.READ)
  const copy = staging.getMappedRange().slice(0)
  staging.destroy()
  return copy
}
