// Causal grouped-query attention on the CPU, in training's layout, T × T never stored: a block of queries goes over its keys block by block,
// with a softmax that is corrected as larger scores come (Milakov & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135).
// Keys and values are read where they lie; only queries are packed. Defined by composed.ts.

import { exp, log } from '../../targets/cpu/exp.as.ts'
import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { PANEL, PANEL_BYTES, panelProduct, TILE_BYTES } from '../../targets/cpu/panel.as.ts'
import { firstKey, hideUnseen, KEYS, packedBytes, packQueries, panelBytes, QUERIES, SCORES_ROW, sumOverKeys } from './view.as.ts'

/**
 * out [B·T, heads·headDim] and logSumExp [B, heads, T] from q [B·T, heads·headDim], k and v [B·T, keyHeads·headDim]. Scores are divided by √headDim.
 * `padding` is 0 or [B] 32-bit integers: so many keys at a row's beginning are hidden. window 0: a query sees all keys before it.
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
  window: usize,
): void {
  const blocks = (tokens + QUERIES - 1) / QUERIES
  const qStep = (heads * headDim) << 2
  const kStep = (keyHeads * headDim) << 2
  for (let unit = from; unit < to; unit++) {
    const block = blocks - 1 - unit / (batch * heads)
    const row = (unit / heads) % batch
    const head = unit % heads
    const padded: usize = padding === 0 ? 0 : load<i32>(padding + (row << 2))
    const queries = row * tokens * qStep + ((head * headDim) << 2)
    const keys = row * tokens * kStep + (((head / (heads / keyHeads)) * headDim) << 2)
    const first = block * QUERIES
    const count = min(QUERIES, tokens - first)
    packQueries(scratch, q + queries + first * qStep, qStep, count, headDim)
    attendBlock(scratch, out + queries, qStep, k + keys, v + keys, kStep, headDim, first, count, padded, window)
    const stats = scratch + packedBytes(headDim)
    finishBlock(
      out + queries + first * qStep,
      qStep,
      headDim,
      count,
      stats,
      logSumExp + (((row * heads + head) * tokens + first) << 2),
    )
  }
}

/** Largest scores, sums and corrections of a block's queries, one behind the other. */
const SUMS: usize = SCORES_ROW
const CORRECTIONS: usize = 2 * SCORES_ROW
const STATS_BYTES: usize = 3 * SCORES_ROW

/** Rows of out = Σ e^(score − largest) · value; leaves the largest scores and the sums of the exponentials behind the packed queries. */
function attendBlock(
  panels: usize,
  out: usize,
  qStep: usize,
  k: usize,
  v: usize,
  kStep: usize,
  headDim: usize,
  first: usize,
  count: usize,
  padded: usize,
  window: usize,
): void {
  const stats = panels + packedBytes(headDim)
  const tile = stats + STATS_BYTES
  const scores = tile + TILE_BYTES
  const scale = f32(1) / sqrt<f32>(f32(headDim))
  for (let at: usize = 0; at < SCORES_ROW; at += 16) {
    v128.store(stats + at, f32x4.splat(-Infinity))
    v128.store(stats + at, f32x4.splat(0), SUMS)
  }
  const end = first + count
  const begin = firstKey(first, padded, window)
  for (let key = begin; key < end; key += KEYS) {
    const keyEnd = min(key + KEYS, end)
    for (let at: usize = 0; at < count; at += PANEL) {
      const query = first + at
      const from = max(key, firstKey(query, padded, window))
      const to = min(keyEnd, query + PANEL)
      if (from >= to) continue
      const place = scores + (from - key) * SCORES_ROW + (at << 2)
      const packed = panels + (at / PANEL) * panelBytes(headDim)
      panelProduct(
        place,
        SCORES_ROW,
        to - from,
        PANEL,
        k + from * kStep,
        kStep,
        4,
        packed,
        PANEL_BYTES,
        headDim,
        scale,
        false,
        tile,
      )
      hideUnseen(place, query, from, to, padded, window, f32x4.splat(-Infinity))
      exponentials(place, to - from, stats + (at << 2))
      if (key > begin) correctRows(out + query * qStep, qStep, headDim, min(PANEL, count - at), stats + CORRECTIONS + (at << 2))
    }
    sumOverKeys(out, qStep, scores, v, kStep, headDim, first, count, key, keyEnd, key > begin, padded, window, tile)
  }
}

/** Scores of 16 queries become exponentials of their distance to the largest so far; sums are kept along, and what earlier ones are to be multiplied by. */
function exponentials(scores: usize, keys: usize, stats: usize): void {
  const end = scores + keys * SCORES_ROW
  for (let lane: usize = 0; lane < PANEL_BYTES; lane += 16) {
    const before = v128.load(stats + lane)
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
    v128.store(stats + lane, largest)
    v128.store(stats + lane, sum, SUMS)
    v128.store(stats + lane, correction, CORRECTIONS)
  }
}

/** Each row times its correction. */
function correctRows(rows: usize, step: usize, headDim: usize, count: usize, corrections: usize): void {
  for (let row: usize = 0; row < count; row++) scaleRow(rows + row * step, headDim, load<f32>(corrections + (row << 2)))
}

/** Each row divided by its sum; the logarithms of the sums of all exponentials, unshifted. */
function finishBlock(rows: usize, step: usize, headDim: usize, count: usize, stats: usize, logSumExp: usize): void {
  for (let row: usize = 0; row < count; row++) {
    const largest = load<f32>(stats + (row << 2))
    const sum = load<f32>(stats + (row << 2), SUMS)
    scaleRow(rows + row * step, headDim, f32(1) / sum)
    store<f32>(logSumExp + (row << 2), largest + log(sum))
  }
}

function scaleRow(row: usize, size: usize, factor: f32): void {
  const by = f32x4.splat(factor)
  const end = row + (size << 2)
  for (; row < end; row += 16) storeLanes(row, f32x4.mul(v128.load(row), by), (end - row) >> 2)
}
