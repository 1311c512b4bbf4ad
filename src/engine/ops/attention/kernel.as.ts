// Causal grouped-query attention on the CPU, in training's layout, T × T never stored: a block of queries goes over its keys block by block,
// with a softmax that is corrected as larger scores come (Milakov & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135).
// Defined by composed.ts.

import { exp, log } from '../../targets/cpu/exp.as.ts'
import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { PANEL } from '../../targets/cpu/panel.as.ts'
import {
  firstSeen,
  hideUnseen,
  KEYS,
  lastSeen,
  PACKED,
  packQueries,
  QUERIES,
  SCORES,
  SCORES_ROW,
  STATS,
  scoreKeys,
  seeKeys,
  sumOverKeys,
} from './block.as.ts'

/**
 * out [B·T, heads·headDim] and logSumExp [B, heads, T] from q [B·T, heads·headDim], k and v [B·T, keyHeads·headDim]. Scores are divided by √headDim.
 * `padding` is 0 or [B] 32-bit integers: so many keys at a row's beginning are hidden. window 0: a query sees all keys before it.
 * `begins` is 0 or [B·T] 32-bit integers: the first key of its row that each query may see.
 * A unit is a head's block of queries; the last blocks, which see the most keys, come first.
 */
export function attention(
  from: usize,
  to: usize,
  scratch: usize,
  out: usize,
  logSumExp: usize,
  q: usize,
  k: usize,
  v: usize,
  batch: usize,
  tokens: usize,
  heads: usize,
  keyHeads: usize,
  headDim: usize,
  padding: usize,
  begins: usize,
  window: usize,
): void {
  const blocks = (tokens + QUERIES - 1) / QUERIES
  const qStep = (heads * headDim) << 2
  const kStep = (keyHeads * headDim) << 2
  for (let unit = from; unit < to; unit++) {
    const first = (blocks - 1 - unit / (batch * heads)) * QUERIES
    const row = (unit / heads) % batch
    const head = unit % heads
    const padded: usize = padding === 0 ? 0 : load<i32>(padding + (row << 2))
    const count = min(QUERIES, tokens - first)
    const queries = (row * tokens + first) * qStep + ((head * headDim) << 2)
    const keys = row * tokens * kStep + (((head / (heads / keyHeads)) * headDim) << 2)
    const ofRow: usize = begins === 0 ? 0 : begins + ((row * tokens) << 2)
    seeKeys(scratch, 0, first, 1, count, padded, window, ofRow)
    packQueries(scratch + PACKED, q + queries, qStep, count, headDim)
    attendBlock(scratch, out + queries, qStep, k + keys, v + keys, kStep, headDim, count)
    for (let at: usize = 0; at < count; at++) {
      const sums = logSumExp + (((row * heads + head) * tokens + first + at) << 2)
      store<f32>(sums, load<f32>(scratch + STATS + (at << 2), LARGEST) + log(sumOf(scratch, at)))
    }
  }
}

// Numbers a query, from STATS on: the largest score so far, the sum of the exponentials, and what was before is to be multiplied by.
const LARGEST: usize = 0
const SUMS: usize = SCORES_ROW
const CORRECTIONS: usize = 2 * SCORES_ROW

/** Below every score and still a number: a query that sees none of a block's keys has −∞ there only, and −∞ − −∞ would be none. */
const NONE_YET: f32 = -3e38

function sumOf(scratch: usize, at: usize): f32 {
  return load<f32>(scratch + STATS + (at << 2), SUMS)
}

/** Rows of out = softmax of the scores · v, for the block that packQueries and seeKeys have put into scratch. k and v are the rows of the key 0. */
export function attendBlock(
  scratch: usize,
  out: usize,
  outStep: usize,
  k: usize,
  v: usize,
  kStep: usize,
  headDim: usize,
  count: usize,
): void {
  for (let at: usize = 0; at < SCORES_ROW; at += 16) {
    v128.store(scratch + STATS + at, f32x4.splat(NONE_YET), LARGEST)
    v128.store(scratch + STATS + at, f32x4.splat(0), SUMS)
  }
  const scale = f32(1) / sqrt<f32>(f32(headDim))
  const begin = firstSeen(scratch, 0)
  const end = lastSeen(scratch, count - 1) + 1
  // Queries of a later text in the same row see none of the first keys: their sums begin at zero.
  const apart = firstSeen(scratch, count - 1) >= begin + KEYS
  if (apart) for (let at: usize = 0; at < count; at++) memory.fill(out + at * outStep, 0, headDim << 2)
  for (let key = begin; key < end; key += KEYS) {
    const keyEnd = min(key + KEYS, end)
    for (let at: usize = 0; at < count; at += PANEL) {
      const from = max(key, firstSeen(scratch, at))
      const to = min(keyEnd, lastSeen(scratch, at + PANEL - 1) + 1)
      if (from >= to) continue
      const queries = min(PANEL, count - at)
      const place = scratch + SCORES + (from - key) * SCORES_ROW + (at << 2)
      scoreKeys(scratch, place, scratch + PACKED, at, queries, k, kStep, from, to, headDim, scale)
      hideUnseen(scratch, place, at, from, to, f32x4.splat(-Infinity))
      exponentials(place, queries, to - from, scratch + STATS + (at << 2))
      if (key === begin) continue
      for (let row = at; row < at + queries; row++)
        scaleRow(out + row * outStep, headDim, load<f32>(scratch + STATS + (row << 2), CORRECTIONS))
    }
    sumOverKeys(scratch, out, outStep, scratch + SCORES, v, kStep, headDim, count, key, keyEnd, apart || key > begin)
  }
  for (let at: usize = 0; at < count; at++) scaleRow(out + at * outStep, headDim, f32(1) / sumOf(scratch, at))
}

/** Scores of up to 16 queries become exponentials of their distance to the largest so far; sums are kept along, and what earlier ones are to be multiplied by. */
function exponentials(scores: usize, queries: usize, keys: usize, stats: usize): void {
  const end = scores + keys * SCORES_ROW
  for (let lane: usize = 0; lane < queries << 2; lane += 16) {
    const before = v128.load(stats + lane, LARGEST)
    let largest = before
    let at = scores + lane
    do {
      largest = f32x4.pmax(largest, v128.load(at))
      at += SCORES_ROW
    } while (at < end)
    const correction = exp(f32x4.sub(before, largest))
    let sum = f32x4.mul(v128.load(stats + lane, SUMS), correction)
    at = scores + lane
    do {
      const power = exp(f32x4.sub(v128.load(at), largest))
      v128.store(at, power)
      sum = f32x4.add(sum, power)
      at += SCORES_ROW
    } while (at < end)
    v128.store(stats + lane, largest, LARGEST)
    v128.store(stats + lane, sum, SUMS)
    v128.store(stats + lane, correction, CORRECTIONS)
  }
}

function scaleRow(row: usize, size: usize, factor: f32): void {
  const by = f32x4.splat(factor)
  const end = row + (size << 2)
  for (; row < end; row += 16) storeLanes(row, f32x4.mul(v128.load(row), by), (end - row) >> 2)
}
