// A product a · bᵀ with few rows, as in writing: what costs is reading b once. The invocations of a workgroup lie along k, each sums its share of
// `rows` × 4 elements, and the shares are added in workgroup memory, always in the same order.

/** Rows of a at a time, 1 or 4. */
override rows: u32 = 4u;
override lanes: u32 = 32u;

/** By element, then by invocation. */
var<workgroup> shares: array<f32, 4u * rows * lanes>;

fn quadOfA(row: u32, inner: u32) -> vec4f {
  return a[(words.aFirst + min(row, words.m - 1u) * words.aStride + inner) >> 2u];
}

/** One row against four columns. */
fn dots(left: vec4f, right: mat4x4f) -> vec4f {
  return left * right;
}

fn keep(row: u32, lane: u32, sums: vec4f) {
  shares[(4u * row + 0u) * lanes + lane] = sums.x;
  shares[(4u * row + 1u) * lanes + lane] = sums.y;
  shares[(4u * row + 2u) * lanes + lane] = sums.z;
  shares[(4u * row + 3u) * lanes + lane] = sums.w;
}

@compute @workgroup_size(lanes)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) index: u32) {
  let tile = tileOf(group, groups);
  let row = tile.down * rows;
  let column = tile.across * 4u;
  let firsts = (min(column + vec4u(0u, 1u, 2u, 3u), vec4u(words.n - 1u)) * words.bStride) >> vec4u(2u);
  var sums: array<vec4f, 4>;
  for (var inner = tile.begin + 4u * index; inner < tile.end; inner += 4u * lanes) {
    let at = firsts + (inner >> 2u);
    let right = mat4x4f(quadOfB(at.x), quadOfB(at.y), quadOfB(at.z), quadOfB(at.w));
    sums[0] += dots(quadOfA(row, inner), right);
    if (rows > 1u) {
      sums[1] += dots(quadOfA(row + 1u, inner), right);
      sums[2] += dots(quadOfA(row + 2u, inner), right);
      sums[3] += dots(quadOfA(row + 3u, inner), right);
    }
  }
  keep(0u, index, sums[0]);
  if (rows > 1u) {
    keep(1u, index, sums[1]);
    keep(2u, index, sums[2]);
    keep(3u, index, sums[3]);
  }
  workgroupBarrier();
  for (var element = index; element < 4u * rows; element += lanes) {
    var sum = 0.0;
    for (var i = 0u; i < lanes; i++) {
      sum += shares[element * lanes + i];
    }
    if (row + element / 4u < words.m) {
      store(row + element / 4u, column + element % 4u, group.z, words.scale * sum);
    }
  }
}
