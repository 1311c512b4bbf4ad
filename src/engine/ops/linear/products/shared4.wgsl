// A product with tiles of a and b in workgroup memory, 4 × 4 elements an invocation: more invocations for the same result than shared8.wgsl,
// for small results and for devices with few registers. A workgroup does 4 · down rows and 4 · across columns.

override across: u32 = 16u;
override down: u32 = 16u;

var<workgroup> left: array<vec4f, DEPTH * down>;
var<workgroup> right: array<vec4f, DEPTH * across>;

/** One step of k, out of the tiles. */
fn addStep(sums: ptr<function, array<vec4f, 4>>, step: u32, id: vec3u) {
  let low = left[step * down + id.y];
  let near = right[step * across + id.x];
  sums[0] = fma(vec4f(low.x), near, sums[0]);
  sums[1] = fma(vec4f(low.y), near, sums[1]);
  sums[2] = fma(vec4f(low.z), near, sums[2]);
  sums[3] = fma(vec4f(low.w), near, sums[3]);
}

@compute @workgroup_size(across, down)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) id: vec3u,
  @builtin(local_invocation_index) index: u32,
) {
  let tile = tileOf(group, groups);
  let row = tile.down * 4u * down;
  let column = tile.across * 4u * across;
  var sums: array<vec4f, 4>;
  for (var inner = tile.begin; inner < tile.end; inner += DEPTH) {
    workgroupBarrier();
    for (var at = index; at < down * (DEPTH / 4u); at += across * down) {
      let place = blockAt(at, down, transposedA);
      let block = blockOfA(row + 4u * place.x, inner + 4u * place.y, tile.end);
      left[(4u * place.y + 0u) * down + place.x] = block[0];
      left[(4u * place.y + 1u) * down + place.x] = block[1];
      left[(4u * place.y + 2u) * down + place.x] = block[2];
      left[(4u * place.y + 3u) * down + place.x] = block[3];
    }
    for (var at = index; at < across * (DEPTH / 4u); at += across * down) {
      let place = blockAt(at, across, !transposedB);
      let block = blockOfB(column + 4u * place.x, inner + 4u * place.y, tile.end);
      right[(4u * place.y + 0u) * across + place.x] = block[0];
      right[(4u * place.y + 1u) * across + place.x] = block[1];
      right[(4u * place.y + 2u) * across + place.x] = block[2];
      right[(4u * place.y + 3u) * across + place.x] = block[3];
    }
    workgroupBarrier();
    for (var step = 0u; step < min(DEPTH, tile.end - inner); step++) {
      addStep(&sums, step, id);
    }
  }
  var products: array<vec4f, 4>;
  products[0] = words.scale * sums[0];
  products[1] = words.scale * sums[1];
  products[2] = words.scale * sums[2];
  products[3] = words.scale * sums[3];
  let ownRow = row + 4u * id.y;
  for (var i = 0u; i < rowsFrom(ownRow, 4u); i++) {
    storeQuad(ownRow + i, column + 4u * id.x, group.z, products[i]);
  }
}
