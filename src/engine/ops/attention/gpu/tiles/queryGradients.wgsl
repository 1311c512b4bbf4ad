// The gradient of attention's queries with tiles in workgroup memory: scores are made again, tile by tile; dq = dS·k, dS = P ∘ (dP − along),
// dP = dOut·vᵀ (Dao 2023, arXiv:2307.08691). A workgroup's queries are as in forward.wgsl.

@group(0) @binding(0) var<storage, read_write> dq: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> dOut: array<vec4f>;
/** logSumExp and along. */
@group(0) @binding(5) var<storage, read_write> stats: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> padding: array<u32>;
@group(0) @binding(7) var<uniform> words: Words;

var<workgroup> queryTile: array<vec4f, ROWS * STRIDE>;
var<workgroup> cotangentTile: array<vec4f, ROWS * STRIDE>;
/** Of values, and of their keys later. */
var<workgroup> keyTile: array<vec4f, TILE * STRIDE>;
var<workgroup> slopeTile: array<vec4f, TILE * WEIGHT_STRIDE>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.z;
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens * sharing - 1u;
  let first = (groups.x - 1u - group.x) * ROWS;
  if (lane == 0u) {
    known = vec2u(hiddenFrom(row, first / sharing), 0u);
  }
  let hidden = workgroupUniformLoad(&known).x;
  let keys = row * words.rowStep + group.y * words.headStep;
  let start = firstKeys(vec4u(first / sharing), vec4u(hidden), words.window).x;
  let end = min(first + ROWS - 1u, last) / sharing + 1u;

  let down = lane / ACROSS;
  let across = lane % ACROSS;
  let asked = first + down + ROW_LANES * NEXT_FOUR;
  let at = min(asked, vec4u(last));
  let token = at / sharing;
  let head = group.y * sharing + at % sharing;
  let begin = firstKeys(token, hiddenFromEach(row, token), words.window);
  let queries = ((row * words.tokens + token) * words.heads + head) * words.quads;
  for (var d = across; d < words.quads; d += ACROSS) {
    for (var i = 0u; i < 4u; i++) {
      queryTile[(down + ROW_LANES * i) * STRIDE + d] = q[queries[i] + d];
      cotangentTile[(down + ROW_LANES * i) * STRIDE + d] = dOut[queries[i] + d];
    }
  }
  let statsAt = (row * words.heads + head) * words.tokens + token;
  let numbers = transpose(mat4x2f(stats[statsAt.x], stats[statsAt.y], stats[statsAt.z], stats[statsAt.w]));
  let logSumExp = numbers[0];
  let along = numbers[1];

  var sums: array<mat4x4f, MOST_QUADS>;
  for (var block = start; block < end; block += TILE) {
    workgroupBarrier();
    for (var at = down; at < TILE; at += ROW_LANES) {
      let place = keys + min(block + at, end - 1u) * words.keyStep;
      for (var d = across; d < words.quads; d += ACROSS) {
        keyTile[at * STRIDE + d] = v[place + d];
      }
    }
    workgroupBarrier();
    var dWeights = mat4x4f();
    for (var d = 0u; d < words.quads; d++) {
      let own = down * STRIDE + d + ROW_LANES * STRIDE * NEXT_FOUR;
      let rows = mat4x4f(cotangentTile[own.x], cotangentTile[own.y], cotangentTile[own.z], cotangentTile[own.w]);
      for (var column = 0u; column < COLUMNS; column++) {
        dWeights[column] += keyTile[(across + ACROSS * column) * STRIDE + d] * rows;
      }
    }
    workgroupBarrier();
    for (var at = down; at < TILE; at += ROW_LANES) {
      let place = keys + min(block + at, end - 1u) * words.keyStep;
      for (var d = across; d < words.quads; d += ACROSS) {
        keyTile[at * STRIDE + d] = k[place + d];
      }
    }
    workgroupBarrier();
    var scores = mat4x4f();
    for (var d = 0u; d < words.quads; d++) {
      let own = down * STRIDE + d + ROW_LANES * STRIDE * NEXT_FOUR;
      let rows = mat4x4f(queryTile[own.x], queryTile[own.y], queryTile[own.z], queryTile[own.w]);
      for (var column = 0u; column < COLUMNS; column++) {
        scores[column] += keyTile[(across + ACROSS * column) * STRIDE + d] * rows;
      }
    }
    for (var column = 0u; column < COLUMNS; column++) {
      let here = vec4u(block + across + ACROSS * column);
      let slope = exp(scores[column] * words.scale - logSumExp) * (dWeights[column] - along) * words.scale;
      let seen = (here >= begin) & (here <= token);
      slopeTile[(across + ACROSS * column) * WEIGHT_STRIDE + down] = select(vec4f(), slope, seen);
    }
    workgroupBarrier();
    for (var key = 0u; key < min(TILE, end - block); key++) {
      let slope = slopeTile[key * WEIGHT_STRIDE + down];
      for (var part = 0u; part < OWN_QUADS; part++) {
        let x = keyTile[key * STRIDE + across + ACROSS * part];
        sums[part] += mat4x4f(slope.x * x, slope.y * x, slope.z * x, slope.w * x);
      }
    }
  }
  for (var i = 0u; i < 4u; i++) {
    for (var part = 0u; part < OWN_QUADS; part++) {
      let d = across + ACROSS * part;
      if (asked[i] <= last && d < words.quads) {
        dq[queries[i] + d] = sums[part][i];
      }
    }
  }
}
