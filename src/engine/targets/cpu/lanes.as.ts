// What all kernels say about vectors of four floats: multiply-add, sums across lanes, and the ends of rows that four does not divide.
// Must not know: what a kernel computes.

/** a · b + c; rounded once where relaxed SIMD gives a fused one, twice elsewhere. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(c, f32x4.mul(a, b))
}

/** The sum of the four lanes, pairs first. */
export function laneSum(x: v128): f32 {
  const pairs = f32x4.add(x, i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/** The largest of the four lanes; NaN if one is. */
export function laneMax(x: v128): f32 {
  const pairs = f32x4.max(x, i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1))
}

/** The first `count` lanes, at most 4, to `address`. */
export function storeLanes(address: usize, x: v128, count: usize): void {
  if (count >= 4) {
    v128.store(address, x)
    return
  }
  if (count & 2) v128.store64_lane(address, x, 0)
  if (count === 1) v128.store32_lane(address, x, 0)
  else if (count === 3) v128.store32_lane(address, x, 2, 8)
}

/** All ones in the first `count` lanes, zeros in the others. */
export function firstLanes(count: usize): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(i32(count)))
}

/** The vector at `address` with all lanes but the first `count` zero. */
export function loadLanes(address: usize, count: usize): v128 {
  return v128.and(v128.load(address), firstLanes(count))
}
