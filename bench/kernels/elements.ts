// The kernels of the benchmark that move more than they multiply: bytes read and written a second.

import { gather, scatterAdd } from '../../src/engine/ops/embedding/calls.ts'
import { dropout } from '../../src/engine/ops/linear/calls.ts'
import { rmsNorm, rmsNormBackward, rmsNormWeightGradient } from '../../src/engine/ops/rmsNorm/calls.ts'
import { add, blocksOf, copy, fill, scale, sumOfSquares, sumRows } from '../../src/engine/targets/cpu/elements.ts'
import { integers, type Row, room } from './measure.ts'

function elementwise(size: number): Row[] {
  const [a, b, out] = [room(4 * size), room(4 * size), room(4 * size)]
  const row = (name: string, call: Row['calls'][number], tensors: number): Row => ({
    name: `${name} ${size}`,
    calls: [call],
    work: { bytes: 4 * tensors * size },
  })
  return [
    row('fill', fill(out, size, 0), 1),
    row('copy', copy(out, a, size), 2),
    row('add', add(out, a, b, size), 3),
    row('scale', scale(out, a, size, 0.5), 2),
    row('dropout', dropout(out, a, size, { rate: 0.1, seed: 1, part: '' }), 2),
    row('sum of squares', sumOfSquares(room(4 * blocksOf(size)), a, size), 1),
  ]
}

function norms(rows: number, width: number): Row[] {
  const [out, dOut, dx, dWeight] = [room(4 * rows * width), room(4 * rows * width), room(4 * rows * width), room(4 * width)]
  const own = { x: room(4 * rows * width), weight: room(4 * width), inverseRms: room(4 * rows), rows, width }
  const row = (name: string, call: Row['calls'][number], tensors: number): Row => ({
    name: `${name} ${rows} × ${width}`,
    calls: [call],
    work: { bytes: 4 * tensors * rows * width },
  })
  return [
    row('rmsNorm', rmsNorm(out, own, 1e-6), 2),
    row('rmsNorm d input', rmsNormBackward(dx, dOut, own, true), 4),
    row('rmsNorm d weight', rmsNormWeightGradient(dWeight, dOut, own, true), 2),
    row('sum of rows', sumRows(dWeight, dOut, rows, width, 1), 1),
  ]
}

function byNumber(rows: number, height: number, width: number): Row[] {
  const ids = integers(Array.from({ length: rows }, (_, at) => (at * 7919) % height))
  const [table, x] = [room(4 * height * width), room(4 * rows * width)]
  const work = (tensors: number) => ({ bytes: 4 * tensors * rows * width })
  return [
    { name: `gather ${rows} × ${width}`, calls: [gather(x, table, { ids, rows, width })], work: work(2) },
    { name: `scatterAdd ${rows} × ${width}`, calls: [scatterAdd(table, x, { ids, rows, width }, -1)], work: work(3) },
  ]
}

export const elements: readonly (() => Row[])[] = [
  () => elementwise(32_768),
  () => elementwise(3_000_000),
  () => norms(128, 256),
  () => norms(2048, 64),
  () => byNumber(128, 4096, 256),
]
