// Dropout before an adapter: the same choice, by seed and place, that dropout.ts makes, four places at a time.

import { storeLanes } from '../../targets/cpu/lanes.as.ts'

/** Elements a unit; elements.ts has the same number. */
const BLOCK: usize = 4096

/** out = x · kept where the number that seed and place make is at least `threshold`, x · 0 elsewhere; out may be x. A unit is 4,096 elements. */
export function dropout(
  from: usize,
  to: usize,
  _scratch: usize,
  out: usize,
  x: usize,
  size: usize,
  seed: u32,
  threshold: u32,
  kept: f32,
): void {
  const start = mixed(i32x4.splat(seed))
  const limit = i32x4.splat(threshold)
  const factor = f32x4.splat(kept)
  const last = min(to * BLOCK, size)
  for (let at = from * BLOCK; at < last; at += 4) {
    const place = i32x4.add(i32x4.splat(i32(at)), i32x4(0, 1, 2, 3))
    const isKept = i32x4.ge_u(mixed(v128.xor(start, mixed(place))), limit)
    storeLanes(out + (at << 2), f32x4.mul(v128.load(x + (at << 2)), v128.and(factor, isKept)), last - at)
  }
}

/** A 32-bit mixing function with little bias (Chris Wellons' "lowbias32", public domain). */
function mixed(x: v128): v128 {
  let bits = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d))
  bits = i32x4.mul(v128.xor(bits, i32x4.shr_u(bits, 15)), i32x4.splat(0x846ca68b))
  return v128.xor(bits, i32x4.shr_u(bits, 16))
}
