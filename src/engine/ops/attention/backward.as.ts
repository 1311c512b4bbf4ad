// The gradients of attention on the CPU, by recomputation (Dao et al. 2022, arXiv:2205.14135): with P the softmax, which comes from the scores and
// logSumExp, and dP = dOut·vᵀ, the scores' gradient is dS = P ∘ (dP − rowsum(dOut ∘ out)); dq = dS·k, dk = dSᵀ·q, dv = Pᵀ·dOut.
// Each pair of blocks is made once for all three. dq belongs to a unit; dk and dv are sums over the queries of several units,
// so each chunk of queries has sums of its own, and attentionKeyGradients adds the chunks up in their order.

import { dot } from '../../targets/cpu/dot.as.ts'
import { BLOCK, blockEnd } from '../../targets/cpu/elements.as.ts'
import { exp } from '../../targets/cpu/exp.as.ts'
import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { PANEL } from '../../targets/cpu/panel.as.ts'
import {
  firstSeen,
  GROUP,
  hideUnseen,
  KEYS,
  lastSeen,
  PACKED,
  packedBytes,
  packQueries,
  QUERIES,
  SCORES,
  SCORES_BYTES,
  SCORES_ROW,
  STATS,
  scoreKeys,
  seeKeys,
  sumOverKeys,
  sumOverQueries,
} from './block.as.ts'

/** The first block of queries of a chunk: a chunk has as much work as the next, and later queries see more keys. */
function chunkBegin(chunk: usize, chunks: usize, blocks: usize): usize {
  return usize(nearest(f64(blocks) * sqrt(f64(chunk) / f64(chunks))))
}

/**
 * dq [B·T, heads·headDim], and for each of `chunks` chunks of queries its part of dk and dv, [chunks, B·T, keyHeads·headDim].
 * With one chunk these are dk and dv themselves. The rest as in `attention`. A unit is a chunk's queries in all heads of a key head.
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
  begins: usize,
  window: usize,
  chunks: usize,
): void {
  const blocks = (tokens + QUERIES - 1) / QUERIES
  const group = heads / keyHeads
  const qStep = (heads * headDim) << 2
  const kStep = (keyHeads * headDim) << 2
  for (let unit = from; unit < to; unit++) {
    const keyHead = unit % keyHeads
    const row = (unit / keyHeads) % batch
    const chunk = unit / (keyHeads * batch)
    const padded: usize = padding === 0 ? 0 : load<i32>(padding + (row << 2))
    const ofRow: usize = begins === 0 ? 0 : begins + ((row * tokens) << 2)
    const keys = row * tokens * kStep + ((keyHead * headDim) << 2)
    const part = chunk * batch * tokens * kStep + keys
    clearRows(dk + part, kStep, tokens, headDim)
    clearRows(dv + part, kStep, tokens, headDim)
    const end = min(chunkBegin(chunk + 1, chunks, blocks) * QUERIES, tokens)
    for (let head = keyHead * group; head < (keyHead + 1) * group; head++) {
      for (let first = chunkBegin(chunk, chunks, blocks) * QUERIES; first < end; first += QUERIES) {
        const count = min(QUERIES, tokens - first)
        const queries = (row * tokens + first) * qStep + ((head * headDim) << 2)
        const sums = logSumExp + (((row * heads + head) * tokens + first) << 2)
        seeKeys(scratch, 0, first, 1, count, padded, window, ofRow)
        packQueries(scratch + PACKED, q + queries, qStep, count, headDim)
        packQueries(scratch + PACKED + packedBytes(headDim), dOut + queries, qStep, count, headDim)
        storeStats(scratch + STATS, sums, dOut + queries, out + queries, qStep, count, headDim)
        const block = dq + queries
        backBlock(
          scratch,
          block,
          q + queries,
          dOut + queries,
          qStep,
          dk + part,
          dv + part,
          k + keys,
          v + keys,
          kStep,
          headDim,
          count,
        )
      }
    }
  }
}

function clearRows(rows: usize, step: usize, count: usize, headDim: usize): void {
  for (let row: usize = 0; row < count; row++) memory.fill(rows + row * step, 0, headDim << 2)
}

// Numbers a query, from STATS on: its logSumExp and its rowsum(dOut ∘ out).
const LOG_SUMS: usize = 0
const ALONG: usize = SCORES_ROW

function storeStats(stats: usize, logSumExp: usize, dOut: usize, out: usize, step: usize, count: usize, headDim: usize): void {
  for (let at: usize = 0; at < count; at++) {
    store<f32>(stats + (at << 2), load<f32>(logSumExp + (at << 2)), LOG_SUMS)
    store<f32>(stats + (at << 2), dot<f32>(dOut + at * step, out + at * step, headDim), ALONG)
  }
}

/** A block of queries against all the keys that they see. q, dOut and dq are the rows of the block, dk, dv, k and v those of the key 0. */
function backBlock(
  scratch: usize,
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
  count: usize,
): void {
  const begin = firstSeen(scratch, 0)
  const end = lastSeen(scratch, count - 1) + 1
  // As in the forward pass.
  const apart = firstSeen(scratch, count - 1) >= begin + KEYS
  if (apart) clearRows(dq, qStep, count, headDim)
  for (let key = begin; key < end; key += KEYS) {
    const keyEnd = min(key + KEYS, end)
    for (let at: usize = 0; at < count; at += PANEL)
      weighKeys(scratch, at, min(PANEL, count - at), k, v, kStep, key, keyEnd, headDim)
    const weights = scratch + SCORES
    sumOverKeys(scratch, dq, qStep, weights + SCORES_BYTES, k, kStep, headDim, count, key, keyEnd, apart || key > begin)
    for (let group = key; group < keyEnd; group += GROUP) {
      const keys = min(GROUP, keyEnd - group)
      // From the query at the first key's own position on.
      const from = max(group, lastSeen(scratch, 0)) - lastSeen(scratch, 0)
      const to = endOfSeeing(scratch, group + keys, count)
      if (from >= to) continue
      const place = weights + (group - key) * SCORES_ROW + (from << 2)
      const queries = from * qStep
      const rows = group * kStep
      sumOverQueries(scratch, dv + rows, kStep, keys, place, dOut + queries, qStep, to - from, headDim)
      sumOverQueries(scratch, dk + rows, kStep, keys, place + SCORES_BYTES, q + queries, qStep, to - from, headDim)
    }
  }
}

/** P and, SCORES_BYTES behind, dS of up to 16 queries against the keys of a block, in whole groups of keys; zeros where a key is not seen. */
function weighKeys(
  scratch: usize,
  at: usize,
  queries: usize,
  k: usize,
  v: usize,
  kStep: usize,
  key: usize,
  keyEnd: usize,
  headDim: usize,
): void {
  const from = key + ((max(key, firstSeen(scratch, at)) - key) & ~(GROUP - 1))
  const seenEnd = max(key, lastSeen(scratch, at + PANEL - 1) + 1)
  const to = min(keyEnd, key + ((seenEnd - key + GROUP - 1) & ~(GROUP - 1)))
  if (from >= to) return
  const place = scratch + SCORES + (from - key) * SCORES_ROW + (at << 2)
  const scale = f32(1) / sqrt<f32>(f32(headDim))
  scoreKeys(scratch, place, scratch + PACKED, at, queries, k, kStep, from, to, headDim, scale)
  scoreKeys(scratch, place + SCORES_BYTES, scratch + PACKED + packedBytes(headDim), at, queries, v, kStep, from, to, headDim, 1)
  softmaxGradients(place, queries, to - from, scratch + STATS + (at << 2), scale)
  hideUnseen(scratch, place, at, from, to, f32x4.splat(0))
  hideUnseen(scratch, place + SCORES_BYTES, at, from, to, f32x4.splat(0))
}

/** Scores of up to 16 queries become P, and dP behind them dS times the scores' scale. */
function softmaxGradients(weights: usize, queries: usize, keys: usize, stats: usize, scale: f32): void {
  const end = weights + keys * SCORES_ROW
  for (let lane: usize = 0; lane < queries << 2; lane += 16) {
    const logSumExp = v128.load(stats + lane, LOG_SUMS)
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

/** Where the queries end that see one of the keys before `keyEnd`, in whole panels, and not behind `count`. */
function endOfSeeing(scratch: usize, keyEnd: usize, count: usize): usize {
  let to = count
  while (to > 0) {
    const panel = (to - 1) & ~(PANEL - 1)
    if (firstSeen(scratch, panel) < keyEnd) break
    to = panel
  }
  return to
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
