// A product without workgroup memory, for devices whose subgroups are 8 invocations, such as a CPU's vector units under Mesa's lavapipe:
// there a load costs more than a multiply-add, and handing a number to the other invocations costs next to nothing.
// A workgroup is one subgroup and does 16 × 32 elements, 16 × 4 an invocation: each reads two rows of a for all of them, and its own columns of b.

enable subgroups;

/** a is [k, m] and not [m, k]. */
override transposedA: bool = false;
/** b is [n, k] and not [k, n]. */
override transposedB: bool = false;

/** a of this row at four steps of k, from `inner` on. */
fn leftOf(row: u32, inner: u32, end: u32) -> vec4f {
  if (transposedA) {
    // Past the end of k: once more the last, times zero.
    var values: vec4f;
    for (var i = 0u; i < 4u; i++) {
      let at = words.aFirst + min(inner + i, end - 1u) * words.aStride + row;
      values[i] = select(0.0, a[at >> 2u][at & 3u], inner + i < end);
    }
    return values;
  }
  return a[(words.aFirst + row * words.aStride + inner) >> 2u];
}

/** b at the same four steps, a vector of four columns each. */
fn rightOf(columns: vec4u, inner: u32, end: u32) -> mat4x4f {
  if (transposedB) {
    let at = (columns * words.bStride + inner) >> vec4u(2u);
    return transpose(mat4x4f(quadOfB(at.x), quadOfB(at.y), quadOfB(at.z), quadOfB(at.w)));
  }
  let at = (min(inner + vec4u(0u, 1u, 2u, 3u), vec4u(end - 1u)) * words.bStride + columns.x) >> vec4u(2u);
  return mat4x4f(quadOfB(at.x), quadOfB(at.y), quadOfB(at.z), quadOfB(at.w));
}

/** Adds one step of k: `low` has a of the rows 0 … 7 by invocation, `high` of the rows 8 … 15. */
fn addStep(sums: ptr<function, array<vec4f, 16>>, low: f32, high: f32, right: vec4f) {
  sums[0] = fma(vec4f(subgroupBroadcast(low, 0u)), right, sums[0]);
  sums[1] = fma(vec4f(subgroupBroadcast(low, 1u)), right, sums[1]);
  sums[2] = fma(vec4f(subgroupBroadcast(low, 2u)), right, sums[2]);
  sums[3] = fma(vec4f(subgroupBroadcast(low, 3u)), right, sums[3]);
  sums[4] = fma(vec4f(subgroupBroadcast(low, 4u)), right, sums[4]);
  sums[5] = fma(vec4f(subgroupBroadcast(low, 5u)), right, sums[5]);
  sums[6] = fma(vec4f(subgroupBroadcast(low, 6u)), right, sums[6]);
  sums[7] = fma(vec4f(subgroupBroadcast(low, 7u)), right, sums[7]);
  sums[8] = fma(vec4f(subgroupBroadcast(high, 0u)), right, sums[8]);
  sums[9] = fma(vec4f(subgroupBroadcast(high, 1u)), right, sums[9]);
  sums[10] = fma(vec4f(subgroupBroadcast(high, 2u)), right, sums[10]);
  sums[11] = fma(vec4f(subgroupBroadcast(high, 3u)), right, sums[11]);
  sums[12] = fma(vec4f(subgroupBroadcast(high, 4u)), right, sums[12]);
  sums[13] = fma(vec4f(subgroupBroadcast(high, 5u)), right, sums[13]);
  sums[14] = fma(vec4f(subgroupBroadcast(high, 6u)), right, sums[14]);
  sums[15] = fma(vec4f(subgroupBroadcast(high, 7u)), right, sums[15]);
}

@compute @workgroup_size(8)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile = tileOf(group, groups);
  let row = tile.down * 16u;
  // Columns that lie side by side where b has them so, else those that the subgroup reads together.
  var columns = tile.across * 32u + lane * 4u + vec4u(0u, 1u, 2u, 3u);
  if (transposedB) {
    columns = tile.across * 32u + lane + vec4u(0u, 8u, 16u, 24u);
  }
  let lowRow = min(row + lane, words.m - 1u);
  let highRow = min(row + 8u + lane, words.m - 1u);
  let known = min(columns, vec4u(select(words.n - 4u, words.n - 1u, transposedB)));
  var sums: array<vec4f, 16>;
  for (var inner = tile.begin; inner < tile.end; inner += 4u) {
    let low = leftOf(lowRow, inner, tile.end);
    let high = leftOf(highRow, inner, tile.end);
    let right = rightOf(known, inner, tile.end);
    addStep(&sums, low.x, high.x, right[0]);
    addStep(&sums, low.y, high.y, right[1]);
    addStep(&sums, low.z, high.z, right[2]);
    addStep(&sums, low.w, high.w, right[3]);
  }
  var products: array<vec4f, 16>;
  products[0] = words.scale * sums[0];
  products[1] = words.scale * sums[1];
  products[2] = words.scale * sums[2];
  products[3] = words.scale * sums[3];
  products[4] = words.scale * sums[4];
  products[5] = words.scale * sums[5];
  products[6] = words.scale * sums[6];
  products[7] = words.scale * sums[7];
  products[8] = words.scale * sums[8];
  products[9] = words.scale * sums[9];
  products[10] = words.scale * sums[10];
  products[11] = words.scale * sums[11];
  products[12] = words.scale * sums[12];
  products[13] = words.scale * sums[13];
  products[14] = words.scale * sums[14];
  products[15] = words.scale * sums[15];
  for (var i = 0u; i < rowsFrom(row, 16u); i++) {
    if (transposedB) {
      store(row + i, columns.x, group.z, products[i].x);
      store(row + i, columns.y, group.z, products[i].y);
      store(row + i, columns.z, group.z, products[i].z);
      store(row + i, columns.w, group.z, products[i].w);
    } else {
      storeQuad(row + i, columns.x, group.z, products[i]);
    }
  }
}
