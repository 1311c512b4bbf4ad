// Attention over keys and values that are kept while a model writes, on the CPU: the same blocks as in training, with the queries of all heads that
// share a key head side by side, so that keys and values are read once for them. A cache is [B, keyHeads, capacity, headDim]; how many
// keys it holds before the new tokens is read from memory, because it grows from run to run.

import { storeLanes } from '../../targets/cpu/lanes.as.ts'
import { PACKED, packedBytes, packQueries, QUERIES, seeKeys } from './block.as.ts'
import { attendBlock } from './kernel.as.ts'

/** x [B·T, keyHeads·headDim], keys or values of new tokens, behind the `held` that are in the cache. A unit is a token. */
export function appendKeys(
  from: usize,
  to: usize,
  _scratch: usize,
  cache: usize,
  x: usize,
  held: usize,
  tokens: usize,
  keyHeads: usize,
  headDim: usize,
  capacity: usize,
): void {
  const before: usize = load<i32>(held)
  const bytes = headDim << 2
  for (let unit = from; unit < to; unit++) {
    const place = ((unit / tokens) * keyHeads * capacity + before + (unit % tokens)) * bytes
    for (let head: usize = 0; head < keyHeads; head++)
      copyRow(cache + place + head * capacity * bytes, x + (unit * keyHeads + head) * bytes, bytes)
  }
}

/**
 * out [B·T, heads·headDim] from q of the same shape, T new tokens a row of the batch, whose keys and values are in the caches already, behind `held` others.
 * padding and window as in `attention`. A unit is a key head of a row.
 */
export function attentionOverCache(
  from: usize,
  to: usize,
  scratch: usize,
  out: usize,
  q: usize,
  keys: usize,
  values: usize,
  held: usize,
  tokens: usize,
  heads: usize,
  keyHeads: usize,
  headDim: usize,
  capacity: usize,
  padding: usize,
  window: usize,
): void {
  const before: usize = load<i32>(held)
  const group = heads / keyHeads
  const bytes = headDim << 2
  // Queries, and later results, of a block: one behind the other, whole vectors.
  const rows = scratch + PACKED + packedBytes(headDim)
  const step = (bytes + 15) & ~15
  for (let unit = from; unit < to; unit++) {
    const row = unit / keyHeads
    const padded: usize = padding === 0 ? 0 : load<i32>(padding + (row << 2))
    const cache = unit * capacity * bytes
    const head = (unit % keyHeads) * group
    const lanes = tokens * group
    for (let first: usize = 0; first < lanes; first += QUERIES) {
      const count = min(QUERIES, lanes - first)
      for (let at: usize = 0; at < count; at++)
        copyRow(rows + at * step, q + placeOf(first + at, row, head, tokens, group, heads) * bytes, bytes)
      packQueries(scratch + PACKED, rows, step, count, headDim)
      seeKeys(scratch, before, first, group, count, padded, window, 0)
      attendBlock(scratch, rows, step, keys + cache, values + cache, bytes, headDim, count)
      for (let at: usize = 0; at < count; at++)
        copyRow(out + placeOf(first + at, row, head, tokens, group, heads) * bytes, rows + at * step, bytes)
    }
  }
}

/** Which head of all in [B·T, heads] the query `lane` is: the heads of a group side by side, token after token. */
function placeOf(lane: usize, row: usize, head: usize, tokens: usize, group: usize, heads: usize): usize {
  return (row * tokens + lane / group) * heads + head + (lane % group)
}

function copyRow(to: usize, from: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) storeLanes(to + at, v128.load(from + at), (bytes - at) >> 2)
}
