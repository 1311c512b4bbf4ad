// How the kernels of attention hold a block: QUERIES queries side by side against KEYS keys below one another, so that what is done to a query's
// scores (largest, sum, exponential) is done to four queries at once, lane by lane. Keys and values are read where they lie.
// The keys that a query sees are always one run, and neither end of the run falls from one query to the next:
// blocks and parts of blocks in which nothing is seen are found by comparing a few numbers.

import { packColumns } from '../../targets/cpu/pack.as.ts'
import { PANEL, PANEL_BYTES, panelProduct, TILE_BYTES } from '../../targets/cpu/panel.as.ts'

/** Queries of a block: two panels. */
export const QUERIES: usize = 32

/** Keys of a block. A block's first keys hold one that each of its queries sees, so there must be more of them than queries. */
export const KEYS: usize = 64

/** Queries, or keys, that a product is made for together; less than a panel, so that fewer products with unseen keys are made. Divides KEYS. */
export const GROUP: usize = 8

/** Bytes of a key's scores, or of one number a query. */
export const SCORES_ROW: usize = QUERIES << 2
export const SCORES_BYTES: usize = KEYS * SCORES_ROW

// What lies where in a thread's scratch: the first and the last key that each query sees, 32-bit integers;
// three more numbers a query, which are the kernels' own; room for panelProduct; scores of a block, twice; and packed queries.
const FIRSTS: usize = 0
const LASTS: usize = SCORES_ROW
export const STATS: usize = 2 * SCORES_ROW
const TILE: usize = 5 * SCORES_ROW
export const SCORES: usize = TILE + TILE_BYTES
export const PACKED: usize = SCORES + 2 * SCORES_BYTES

/** Bytes of a block's packed queries: packColumns writes groups of four elements. */
export function packedBytes(headDim: usize): usize {
  return (QUERIES / PANEL) * panelBytes(headDim)
}

export function panelBytes(headDim: usize): usize {
  return ((headDim + 3) & ~3) * PANEL_BYTES
}

/** `count` queries, `step` bytes apart, as panels [headDim, 16]. Queries that are not there are the last one again. */
export function packQueries(panels: usize, queries: usize, step: usize, count: usize, headDim: usize): void {
  for (let at: usize = 0; at < count; at += PANEL, panels += panelBytes(headDim))
    packColumns<f32>(panels, queries + at * step, step, min(PANEL, count - at), headDim)
}

/**
 * Says which keys the block's queries see. They are the queries from `first` on, of which `shared` stand at each position; query 0 is at `position`.
 * The first `padded` keys are seen by none but a query at their own position; window 0: all keys before are seen.
 * `begins` is 0, or where the row's queries have 32-bit integers: the first key that each may see, which never falls from one to the next.
 */
export function seeKeys(
  scratch: usize,
  position: usize,
  first: usize,
  shared: usize,
  count: usize,
  padded: usize,
  window: usize,
  begins: usize,
): void {
  for (let at: usize = 0; at < QUERIES; at++) {
    const own = position + (first + min(at, count - 1)) / shared
    const begin: usize = begins === 0 ? 0 : load<i32>(begins + (own << 2))
    store<i32>(scratch + (at << 2), i32(max(begin, firstKey(own, padded, window))), FIRSTS)
    store<i32>(scratch + (at << 2), i32(own), LASTS)
  }
}

function firstKey(own: usize, padded: usize, window: usize): usize {
  if (own < padded) return own
  return window === 0 || own < window ? padded : max(padded, own - window + 1)
}

/** The first key that the block's query `at` sees. */
export function firstSeen(scratch: usize, at: usize): usize {
  return load<i32>(scratch + (at << 2), FIRSTS)
}

/** The last one, its own. */
export function lastSeen(scratch: usize, at: usize): usize {
  return load<i32>(scratch + (at << 2), LASTS)
}

/**
 * Scores of `count` queries, at most 16, from `at` on and the keys [key, keyEnd) to `place`: scale · k·q.
 * `packed` holds all of the block's queries, k is the row of the key 0.
 */
export function scoreKeys(
  scratch: usize,
  place: usize,
  packed: usize,
  at: usize,
  count: usize,
  k: usize,
  kStep: usize,
  key: usize,
  keyEnd: usize,
  headDim: usize,
  scale: f32,
): void {
  const panel = packed + (at / PANEL) * panelBytes(headDim)
  const first = k + key * kStep
  panelProduct(place, SCORES_ROW, keyEnd - key, count, first, kStep, 4, panel, PANEL_BYTES, headDim, scale, false, scratch + TILE)
}

/** Writes `value` over what the 16 queries from `at` on have at `place` for keys of [key, keyEnd) that they do not see. */
export function hideUnseen(scratch: usize, place: usize, at: usize, key: usize, keyEnd: usize, value: v128): void {
  // Each of the keys [lowEnd, highFrom) is seen by every one of the queries.
  const lowEnd = max(key, min(keyEnd, firstSeen(scratch, at + PANEL - 1)))
  const highFrom = min(keyEnd, max(lowEnd, lastSeen(scratch, at) + 1))
  hideRows(scratch, place, at, key, lowEnd, value)
  hideRows(scratch, place + (highFrom - key) * SCORES_ROW, at, highFrom, keyEnd, value)
}

function hideRows(scratch: usize, place: usize, at: usize, key: usize, keyEnd: usize, value: v128): void {
  for (; key < keyEnd; key++, place += SCORES_ROW) {
    const here = i32x4.splat(i32(key))
    for (let lane: usize = 0; lane < PANEL_BYTES; lane += 16) {
      const views = scratch + (at << 2) + lane
      const unseen = v128.or(i32x4.lt_s(here, v128.load(views, FIRSTS)), i32x4.gt_s(here, v128.load(views, LASTS)))
      v128.store(place + lane, v128.bitselect(value, v128.load(place + lane), unseen))
    }
  }
}

/**
 * The block's rows of out = weights · x, or added to them: for each query the sum over the keys [key, keyEnd) of its weight times the key's row.
 * The weights are those of the whole block; x is the row of the key 0, out that of the first query.
 */
export function sumOverKeys(
  scratch: usize,
  out: usize,
  outStep: usize,
  weights: usize,
  x: usize,
  kStep: usize,
  headDim: usize,
  count: usize,
  key: usize,
  keyEnd: usize,
  accumulates: bool,
): void {
  for (let at: usize = 0; at < count; at += GROUP) {
    const rows = min(GROUP, count - at)
    const from = max(key, firstSeen(scratch, at))
    const to = min(keyEnd, lastSeen(scratch, at + rows - 1) + 1)
    if (from >= to) continue
    const place = weights + (from - key) * SCORES_ROW + (at << 2)
    for (let d: usize = 0; d < headDim; d += PANEL) {
      const columns = min(PANEL, headDim - d)
      const sums = out + at * outStep + (d << 2)
      const values = x + from * kStep + (d << 2)
      panelProduct(sums, outStep, rows, columns, place, 4, SCORES_ROW, values, kStep, to - from, 1, accumulates, scratch + TILE)
    }
  }
}

/** rows [keys, headDim] += weightsᵀ · x: for each key the sum over so many queries of its weight times the query's row of x. */
export function sumOverQueries(
  scratch: usize,
  rows: usize,
  kStep: usize,
  keys: usize,
  weights: usize,
  x: usize,
  qStep: usize,
  queries: usize,
  headDim: usize,
): void {
  for (let d: usize = 0; d < headDim; d += PANEL) {
    const columns = min(PANEL, headDim - d)
    const place = rows + (d << 2)
    panelProduct(place, kStep, keys, columns, weights, SCORES_ROW, 4, x + (d << 2), qStep, queries, 1, true, scratch + TILE)
  }
}
