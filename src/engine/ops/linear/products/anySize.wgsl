// out = scale · a·b (+ bias) (+ what was there): a rectangle of 8 × 8 elements an invocation, in registers, without workgroup memory.
// For any sizes and any of the three layouts; b in f32, or in pairs of bf16. A workgroup does 64 × 64 elements.
// Rows and columns past the end read the last one, and are not written.

/** a is [k, m] and not [m, k]. */
override transposedA: bool = false;
/** b is [n, k] and not [k, n]. */
override transposedB: bool = false;
override isBf16: bool = false;

@group(0) @binding(1) var<storage, read_write> a: array<f32>;
@group(0) @binding(2) var<storage, read_write> b: array<u32>;

fn aAt(row: u32, inner: u32) -> f32 {
  if (transposedA) {
    return a[words.aFirst + inner * words.aStride + row];
  }
  return a[words.aFirst + row * words.aStride + inner];
}

fn bAt(inner: u32, column: u32) -> f32 {
  var at = inner * words.bStride + column;
  if (transposedB) {
    at = column * words.bStride + inner;
  }
  if (isBf16) {
    // The first of a pair is the lower half; a bfloat16 is the upper half of a float32.
    return bitcast<f32>((b[at >> 1u] >> ((at & 1u) << 4u)) << 16u);
  }
  return bitcast<f32>(b[at]);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) id: vec3u) {
  let tile = tileOf(group, groups);
  let row = tile.down * 64u + id.y * 8u;
  let column = tile.across * 64u + id.x;
  if (row >= words.m || column >= words.n) {
    return;
  }
  var sums: array<array<f32, 8>, 8>;
  for (var inner = tile.begin; inner < tile.end; inner++) {
    var left: array<f32, 8>;
    for (var i = 0u; i < 8u; i++) {
      left[i] = aAt(min(row + i, words.m - 1u), inner);
    }
    for (var j = 0u; j < 8u; j++) {
      let right = bAt(inner, min(column + j * 8u, words.n - 1u));
      for (var i = 0u; i < 8u; i++) {
        sums[i][j] = fma(left[i], right, sums[i][j]);
      }
    }
  }
  var products: array<array<f32, 8>, 8>;
  for (var i = 0u; i < 8u; i++) {
    for (var j = 0u; j < 8u; j++) {
      products[i][j] = words.scale * sums[i][j];
    }
  }
  for (var i = 0u; i < rowsFrom(row, 8u); i++) {
    for (var j = 0u; column + j * 8u < min(words.n, column + 64u); j++) {
      store(row + i, column + j * 8u, group.z, products[i][j]);
    }
  }
}
