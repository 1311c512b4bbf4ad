// A product with tiles of a and b in workgroup memory, 8 × 8 elements an invocation: two quads of rows, two of columns, half a tile apart,
// so that neighbours read neighbouring vectors. A workgroup does 8 · down rows and 8 · across columns.

override across: u32 = 8u;
override down: u32 = 8u;

var<workgroup> left: array<vec4f, DEPTH * 2u * down>;
var<workgroup> right: array<vec4f, DEPTH * 2u * across>;

/** One step of k, out of the tiles. */
fn addStep(sums: ptr<function, array<vec4f, 16>>, step: u32, id: vec3u) {
  let low = left[step * 2u * down + id.y];
  let high = left[step * 2u * down + down + id.y];
  let near = right[step * 2u * across + id.x];
  let far = right[step * 2u * across + across + id.x];
  sums[0] = fma(vec4f(low.x), near, sums[0]);
  sums[1] = fma(vec4f(low.y), near, sums[1]);
  sums[2] = fma(vec4f(low.z), near, sums[2]);
  sums[3] = fma(vec4f(low.w), near, sums[3]);
  sums[4] = fma(vec4f(high.x), near, sums[4]);
  sums[5] = fma(vec4f(high.y), near, sums[5]);
  sums[6] = fma(vec4f(high.z), near, sums[6]);
  sums[7] = fma(vec4f(high.w), near, sums[7]);
  sums[8] = fma(vec4f(low.x), far, sums[8]);
  sums[9] = fma(vec4f(low.y), far, sums[9]);
  sums[10] = fma(vec4f(low.z), far, sums[10]);
  sums[11] = fma(vec4f(low.w), far, sums[11]);
  sums[12] = fma(vec4f(high.x), far, sums[12]);
  sums[13] = fma(vec4f(high.y), far, sums[13]);
  sums[14] = fma(vec4f(high.z), far, sums[14]);
  sums[15] = fma(vec4f(high.w), far, sums[15]);
}

@compute @workgroup_size(across, down)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) id: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tile = tileOf(group, groups);
  let row = tile.down * 8u * down;
  let column = tile.across * 8u * across;
  var sums: array<vec4f, 16>;
  for (var inner = tile.begin; inner < tile.end; inner += DEPTH) {
    workgroupBarrier();
    for (var at = index; at < 2u * down * (DEPTH / 4u); at += across * down) {
      let place = blockAt(at, 2u * down, transposedA);
      let block = blockOfA(row + 4u * place.x, inner + 4u * place.y, tile.end);
      left[(4u * place.y + 0u) * 2u * down + place.x] = block[0];
      left[(4u * place.y + 1u) * 2u * down + place.x] = block[1];
      left[(4u * place.y + 2u) * 2u * down + place.x] = block[2];
      left[(4u * place.y + 3u) * 2u * down + place.x] = block[3];
    }
    for (var at = index; at < 2u * across * (DEPTH / 4u); at += across * down) {
      let place = blockAt(at, 2u * across, !transposedB);
      let block = blockOfB(column + 4u * place.x, inner + 4u * place.y, tile.end);
      right[(4u * place.y + 0u) * 2u * across + place.x] = block[0];
      right[(4u * place.y + 1u) * 2u * across + place.x] = block[1];
      right[(4u * place.y + 2u) * 2u * across + place.x] = block[2];
      right[(4u * place.y + 3u) * 2u * across + place.x] = block[3];
    }
    workgroupBarrier();
    for (var step = 0u; step < min(DEPTH, tile.end - inner); step++) {
      addStep(&sums, step, id);
    }
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
  for (var half = 0u; half < 2u; half++) {
    let ownRow = row + 4u * id.y + half * 4u * down;
    for (var i = 0u; i < rowsFrom(ownRow, 4u); i++) {
      storeQuad(ownRow + i, column + 4u * id.x, group.z, products[half * 4u + i]);
      storeQuad(ownRow + i, column + 4u * id.x + 4u * across, group.z, products[8u + half * 4u + i]);
    }
  }
}
