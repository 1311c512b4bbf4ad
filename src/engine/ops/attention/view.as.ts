// Which keys a query sees, and how the kernels of attention hold a block: QUERIES queries side by side against KEYS keys below one another,
// so that what is done to a query's scores (largest, sum, exponential) is done to four queries at once, lane by lane.
// The keys that a query sees are always one run, and the run's beginning never falls from one query to the next: blocks and tiles
// that nothing is seen in are skipped by comparing numbers.

import { packColumns } from '../../targets/cpu/pack.as.ts'
import { PANEL, PANEL_BYTES, panelProduct } from '../../targets/cpu/panel.as.ts'

/** Queries of a block: two panels. */
export const QUERIES: usize = 32

/** Keys of a block. A block's first keys hold one that each of its queries sees, so there must be more of them than queries. */
export const KEYS: usize = 64

/** Queries, or keys, that a product is made for together; less than a panel, so that fewer products with unseen keys are made. Divides KEYS. */
export const GROUP: usize = 8

/** Bytes of a key's scores. */
export const SCORES_ROW: usize = QUERIES << 2

/** The first key that a query sees; the last is its own. A padded query sees itself alone. window 0: no window. */
export function firstKey(query: usize, padded: usize, window: usize): usize {
  if (query < padded) return query
  return window === 0 || query < window ? padded : max(padded, query - window + 1)
}

/** Bytes of the packed queries of a block: packColumns writes groups of four elements. */
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

/** Writes `value` where a query does not see the key: scores of 16 queries from `query` on against the keys [key, keyEnd). */
export function hideUnseen(
  scores: usize,
  query: usize,
  key: usize,
  keyEnd: usize,
  padded: usize,
  window: usize,
  value: v128,
): void {
  // Of the keys [lowEnd, highFrom) every one of the queries sees every one.
  const lowEnd = min(keyEnd, firstKey(query + PANEL - 1, padded, window))
  const highFrom = max(key, query + 1)
  if (key >= lowEnd && highFrom >= keyEnd) return
  for (let lane: usize = 0; lane < PANEL; lane += 4) {
    const own = query + lane
    const last = i32x4.add(i32x4.splat(i32(own)), i32x4(0, 1, 2, 3))
    const first = i32x4(
      firstKey(own, padded, window),
      firstKey(own + 1, padded, window),
      firstKey(own + 2, padded, window),
      firstKey(own + 3, padded, window),
    )
    for (let s = key; s < keyEnd; s++) {
      if (s >= lowEnd && s < highFrom) s = highFrom
      if (s >= keyEnd) break
      const place = scores + (s - key) * SCORES_ROW + (lane << 2)
      const at = i32x4.splat(i32(s))
      const unseen = v128.or(i32x4.gt_s(at, last), i32x4.lt_s(at, first))
      v128.store(place, v128.bitselect(value, v128.load(place), unseen))
    }
  }
}

/**
 * The block's rows of out = weights · x, or added to them: for each query the sum over the keys [key, keyEnd) of its weight times the key's row of x.
 * out and x are those of the first token, in one head; weights those of `first` and `key`.
 */
export function sumOverKeys(
  out: usize,
  qStep: usize,
  weights: usize,
  x: usize,
  kStep: usize,
  headDim: usize,
  first: usize,
  count: usize,
  key: usize,
  keyEnd: usize,
  accumulates: bool,
  padded: usize,
  window: usize,
  tile: usize,
): void {
  for (let at: usize = 0; at < count; at += GROUP) {
    const query = first + at
    const rows = min(GROUP, count - at)
    const from = max(key, firstKey(query, padded, window))
    const to = min(keyEnd, query + rows)
    if (from >= to) continue
    const place = weights + (from - key) * SCORES_ROW + (at << 2)
    for (let d: usize = 0; d < headDim; d += PANEL) {
      const columns = min(PANEL, headDim - d)
      const sums = out + query * qStep + (d << 2)
      const values = x + from * kStep + (d << 2)
      panelProduct(sums, qStep, rows, columns, place, 4, SCORES_ROW, values, kStep, to - from, 1, accumulates, tile)
    }
  }
}
