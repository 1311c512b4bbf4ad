// How tiles of a and b come into workgroup memory, for the kernels that share them there: blocks of 4 × 4, read as four vectors,
// and put down so that a vector is four rows of a, or four columns of b, at one step of k. Comes behind a kernel's own text.

/** a is [k, m] and not [m, k]. */
override transposedA: bool = false;
/** b is [n, k] and not [k, n]. */
override transposedB: bool = false;

/** Steps of k in a tile. */
const DEPTH = 16u;

/** Four rows of a from `row` on, a multiple of 4, at the steps from `inner` on; past the end of k what there is, which nobody reads. */
fn blockOfA(row: u32, inner: u32, end: u32) -> mat4x4f {
  let steps = vec4u(0u, 1u, 2u, 3u);
  if (transposedA) {
    let at = (words.aFirst + min(inner + steps, vec4u(end - 1u)) * words.aStride + min(row, words.m - 4u)) >> vec4u(2u);
    return mat4x4f(a[at.x], a[at.y], a[at.z], a[at.w]);
  }
  let at = (words.aFirst + min(row + steps, vec4u(words.m - 1u)) * words.aStride + min(inner, end - 4u)) >> vec4u(2u);
  return transpose(mat4x4f(a[at.x], a[at.y], a[at.z], a[at.w]));
}

/** Four columns of b from `column` on, a multiple of 4, at the steps from `inner` on; past the end of k likewise. */
fn blockOfB(column: u32, inner: u32, end: u32) -> mat4x4f {
  let steps = vec4u(0u, 1u, 2u, 3u);
  if (transposedB) {
    let at = (min(column + steps, vec4u(words.n - 1u)) * words.bStride + min(inner, end - 4u)) >> vec4u(2u);
    return transpose(mat4x4f(quadOfB(at.x), quadOfB(at.y), quadOfB(at.z), quadOfB(at.w)));
  }
  let at = (min(inner + steps, vec4u(end - 1u)) * words.bStride + min(column, words.n - 4u)) >> vec4u(2u);
  return mat4x4f(quadOfB(at.x), quadOfB(at.y), quadOfB(at.z), quadOfB(at.w));
}

/** Which block the invocation `at` fetches, as (quad along the tile's side, quad of steps): neighbours read what lies side by side. */
fn blockAt(at: u32, quads: u32, isAcross: bool) -> vec2u {
  if (isAcross) {
    return vec2u(at % quads, at / quads);
  }
  return vec2u(at / (DEPTH / 4u), at % (DEPTH / 4u));
}
