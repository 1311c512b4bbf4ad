// The gradients of attention on the CPU, by recomputation (Dao et al. 2022, arXiv:2205.14135): with P the softmax, which comes from the scores and
// logSumExp, and dP = dOut·vᵀ, the scores' gradient is dS = P ∘ (dP − rowsum(dOut ∘ out)); dq = dS·k, dk = dSᵀ·q, dv = Pᵀ·dOut.
// Each pair of blocks is made once for all three. dq belongs to a unit; dk and dv are sums over queries of several units,
// so each chunk of queries has sums of its own, and attentionKeyGradients adds the chunks up in their order.

import { dot } from '../../targets/cpu/dot.as.ts'
import { BLOCK, blockEnd } from '../../targets/cpu/elements.as.ts'
import { exp } from '../../targets/cpu/exp.as.ts'
import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { PANEL, PANEL_BYTES, panelProduct, TILE_BYTES } from '../../targets/cpu/panel.as.ts'
import {
  firstKey,
  GROUP,
  hideUnseen,
  KEYS,
  packedBytes,
  packQueries,
  panelBytes,
  QUERIES,
  SCORES_ROW,
  sumOverKeys,
} from './view.as.ts'

/** Bytes of a block's scores. */
const SCORES_BYTES: usize = KEYS * SCORES_ROW

/** The first block of queries of a chunk: a chunk has as much work as the next, and later queries see more keys. */
function chunkBegin(chunk: usize, chunks: usize, blocks: usize): usize {
  return usize(nearest(f64(blocks) * sqrt(f64(chunk) / f64(chunks))))
}

/**
 * dq [B·T, heads·headDim], and for each of `chunks` chunks of queries its part of dk and dv, [chunks, B·T, keyHeads·headDim].
 * With one chunk these are dk and dv themselves.
 * The rest as in `attention`. A unit is a chunk's queries in all heads of a key head.
 */
export function attentionBackward(
  from: usize,
  to: usize,
  scratch: usize,
  dq: usize,
  dk: usize,
  dv: usize,
  q: usize,
  k: usize,
  v: usize,
  out: usize,
  logSumExp: usize,
  dOut: usize,
  batch: usize,
  tokens: usize,
  heads: usize,
  keyHeads: usize,
  headDim: usize,
  padding: usize,
  window: usize,
  chunks: usize,
): void {
  const blocks = (tokens + QUERIES - 1) / QUERIES
  const group = heads / keyHeads
  const qStep = (heads * headDim) << 2
  const kStep = (keyHeads * headDim) << 2
  const stats = scratch + 2 * packedBytes(headDim)
  for (let unit = from; unit < to; unit++) {
    const keyHead = unit % keyHeads
    const row = (unit / keyHeads) % batch
    const chunk = unit / (keyHeads * batch)
    const padded: usize = padding === 0 ? 0 : load<i32>(padding + (row << 2))
    const firstBlock = chunkBegin(chunk, chunks, blocks)
    const blockEnd = chunkBegin(chunk + 1, chunks, blocks)
    const keys = row * tokens * kStep + ((keyHead * headDim) << 2)
    const part = chunk * batch * tokens * kStep + keys
    clearRows(dk + part, kStep, tokens, headDim)
    clearRows(dv + part, kStep, tokens, headDim)
    for (let head = keyHead * group; head < (keyHead + 1) * group; head++) {
      const queries = row * tokens * qStep + ((head * headDim) << 2)
      const sums = logSumExp + (((row * heads + head) * tokens) << 2)
      for (let block = firstBlock; block < blockEnd; block++) {
        const first = block * QUERIES
        const count = min(QUERIES, tokens - first)
        const place = queries + first * qStep
        packQueries(scratch, q + place, qStep, count, headDim)
        packQueries(scratch + packedBytes(headDim), dOut + place, qStep, count, headDim)
        storeStats(stats, sums + (first << 2), dOut + place, out + place, qStep, count, headDim)
        backBlock(
          scratch,
          dq + queries,
          q + queries,
          dOut + queries,
          qStep,
          dk + part,
          dv + part,
          k + keys,
          v + keys,
          kStep,
          headDim,
          first,
          count,
          padded,
          window,
        )
      }
    }
  }
}

function clearRows(rows: usize, step: usize, count: usize, headDim: usize): void {
  for (let row: usize = 0; row < count; row++) memory.fill(rows + row * step, 0, headDim << 2)
}

/** rowsum(dOut ∘ out) of a block's queries, behind their logSumExp. */
const ALONG: usize = SCORES_ROW
const STATS_BYTES: usize = 2 * SCORES_ROW

function storeStats(stats: usize, logSumExp: usize, dOut: usize, out: usize, step: usize, count: usize, headDim: usize): void {
  for (let at: usize = 0; at < count; at++) {
    store<f32>(stats + (at << 2), load<f32>(logSumExp + (at << 2)))
    store<f32>(stats + (at << 2), dot<f32>(dOut + at * step, out + at * step, headDim), ALONG)
  }
}

/** A block of queries against all the keys that they see. q, dOut, dq, dk, dv, k and v are those of the first token, in one head. */
function backBlock(
  panels: usize,
  dq: usize,
  q: usize,
  dOut: usize,
  qStep: usize,
  dk: usize,
  dv: usize,
  k: usize,
  v: usize,
  kStep: usize,
  headDim: usize,
  first: usize,
  count: usize,
  padded: usize,
  window: usize,
): void {
  const tile = panels + 2 * packedBytes(headDim) + STATS_BYTES
  const weights = tile + TILE_BYTES
  const end = first + count
  const begin = firstKey(first, padded, window)
  for (let key = begin; key < end; key += KEYS) {
    const keyEnd = min(key + KEYS, end)
    for (let at: usize = 0; at < count; at += PANEL)
      scorePanel(panels, at, weights, k, v, kStep, headDim, first + at, key, keyEnd, padded, window, tile)
    sumOverKeys(
      dq,
      qStep,
      weights + SCORES_BYTES,
      k,
      kStep,
      headDim,
      first,
      count,
      key,
      keyEnd,
      key > begin,
      padded,
      window,
      tile,
    )
    for (let group = key; group < keyEnd; group += GROUP) {
      const keys = min(GROUP, keyEnd - group)
      const from = max(first, group)
      const to = endOfSeeing(group + keys, first, end, padded, window)
      if (from >= to) continue
      const place = weights + (group - key) * SCORES_ROW + ((from - first) << 2)
      const rows = group * kStep
      sumOverQueries(dv + rows, kStep, keys, place, dOut + from * qStep, qStep, to - from, headDim, tile)
      sumOverQueries(dk + rows, kStep, keys, place + SCORES_BYTES, q + from * qStep, qStep, to - from, headDim, tile)
    }
  }
}

/** P and, SCORES_BYTES behind, dS of 16 queries against the keys of a block, in whole groups of keys; zeros where a key is not seen. */
function scorePanel(
  panels: usize,
  at: usize,
  weights: usize,
  k: usize,
  v: usize,
  kStep: usize,
  headDim: usize,
  query: usize,
  key: usize,
  keyEnd: usize,
  padded: usize,
  window: usize,
  tile: usize,
): void {
  const seen = max(key, firstKey(query, padded, window))
  const from = key + ((seen - key) & ~(GROUP - 1))
  const to = min(keyEnd, key + ((max(key, query + PANEL) - key + GROUP - 1) & ~(GROUP - 1)))
  if (from >= to) return
  const place = weights + (from - key) * SCORES_ROW + (at << 2)
  const packed = panels + (at / PANEL) * panelBytes(headDim)
  const dPacked = packed + packedBytes(headDim)
  const scale = f32(1) / sqrt<f32>(f32(headDim))
  const keys = to - from
  panelProduct(place, SCORES_ROW, keys, PANEL, k + from * kStep, kStep, 4, packed, PANEL_BYTES, headDim, scale, false, tile)
  const dPlace = place + SCORES_BYTES
  panelProduct(dPlace, SCORES_ROW, keys, PANEL, v + from * kStep, kStep, 4, dPacked, PANEL_BYTES, headDim, 1, false, tile)
  softmaxGradients(place, keys, panels + 2 * packedBytes(headDim) + (at << 2), scale)
  hideUnseen(place, query, from, to, padded, window, f32x4.splat(0))
  hideUnseen(dPlace, query, from, to, padded, window, f32x4.splat(0))
}

/** Scores of 16 queries become P, and dP behind them dS times the scores' scale. */
function softmaxGradients(weights: usize, keys: usize, stats: usize, scale: f32): void {
  const end = weights + keys * SCORES_ROW
  for (let lane: usize = 0; lane < PANEL_BYTES; lane += 16) {
    const logSumExp = v128.load(stats + lane)
    const along = v128.load(stats + lane, ALONG)
    let at = weights + lane
    do {
      const weight = exp(f32x4.sub(v128.load(at), logSumExp))
      const slope = f32x4.mul(f32x4.sub(v128.load(at, SCORES_BYTES), along), f32x4.splat(scale))
      v128.store(at, weight)
      v128.store(at, f32x4.mul(weight, slope), SCORES_BYTES)
      at += SCORES_ROW
    } while (at < end)
  }
}

/** Where the queries end that see one of the keys before `keyEnd`, in whole panels from `first` on, and not behind `end`. */
function endOfSeeing(keyEnd: usize, first: usize, end: usize, padded: usize, window: usize): usize {
  let to = end
  while (to > first) {
    const panel = first + ((to - 1 - first) & ~(PANEL - 1))
    if (firstKey(panel, padded, window) < keyEnd) break
    to = panel
  }
  return to
}

/** rows [keys, headDim] += weightsᵀ · x: the sum over `queries` rows of x, each with its weight for the key. */
function sumOverQueries(
  rows: usize,
  kStep: usize,
  keys: usize,
  weights: usize,
  x: usize,
  qStep: usize,
  queries: usize,
  headDim: usize,
  tile: usize,
): void {
  for (let d: usize = 0; d < headDim; d += PANEL) {
    const columns = min(PANEL, headDim - d)
    panelProduct(rows + (d << 2), kStep, keys, columns, weights, SCORES_ROW, 4, x + (d << 2), qStep, queries, 1, true, tile)
  }
}

/** dk and dv, each of `size` elements, from the chunks' parts [chunks, size], added in their order. A unit is 4,096 elements of both. */
export function attentionKeyGradients(
  from: usize,
  to: usize,
  _scratch: usize,
  dk: usize,
  dv: usize,
  dkParts: usize,
  dvParts: usize,
  size: usize,
  chunks: usize,
): void {
  const begin = (from * BLOCK) << 2
  const end = blockEnd(to, size)
  sumParts(dk, dkParts, begin, end, size << 2, chunks)
  sumParts(dv, dvParts, begin, end, size << 2, chunks)
}

/** out = the sum of the parts, in the bytes [begin, end). */
function sumParts(out: usize, parts: usize, begin: usize, end: usize, step: usize, count: usize): void {
  for (let at = begin; at < end; at += 16) {
    let sum = v128.load(parts + at)
    for (let part: usize = 1; part < count; part++) sum = f32x4.add(sum, v128.load(parts + part * step + at))
    storeLanes(out + at, sum, (end - at) >> 2)
  }
}
