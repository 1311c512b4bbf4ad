// The gradients of attention's keys and values with tiles in workgroup memory: a workgroup has some keys, and goes over the queries that see them
// tile by tile: dk = dSᵀ·q, dv = Pᵀ·dOut (queryGradients.wgsl says what P and dS are).
// There are as many workgroups in y as key heads, and each goes over all heads that share its own; or as many as heads, and each writes the part
// that one head adds, [batch·tokens, heads, headDim]. No two invocations add to one number.

@group(0) @binding(0) var<storage, read_write> dk: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> dv: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> dOut: array<vec4f>;
/** logSumExp and along. */
@group(0) @binding(6) var<storage, read_write> stats: array<vec2f>;
@group(0) @binding(7) var<storage, read_write> padding: array<u32>;
@group(0) @binding(8) var<uniform> words: Words;

var<workgroup> keyTile: array<vec4f, ROWS * STRIDE>;
var<workgroup> valueTile: array<vec4f, ROWS * STRIDE>;
var<workgroup> queryTile: array<vec4f, TILE * STRIDE>;
var<workgroup> cotangentTile: array<vec4f, TILE * STRIDE>;
var<workgroup> weightTile: array<vec4f, TILE * WEIGHT_STRIDE>;
var<workgroup> slopeTile: array<vec4f, TILE * WEIGHT_STRIDE>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.z;
  let headsEach = words.heads / groups.y;
  let firstHead = group.y * headsEach;
  let first = group.x * ROWS;
  let last = words.tokens - 1u;
  let keys = row * words.rowStep + firstHead / (words.heads / words.keyHeads) * words.headStep;
  // Behind the last query that sees a key of the workgroup.
  if (lane == 0u) {
    known = vec2u(endOfQueries(row, min(first + ROWS - 1u, last)), 0u);
  }
  let end = workgroupUniformLoad(&known).x;

  let down = lane / ACROSS;
  let across = lane % ACROSS;
  let own = first + down + ROW_LANES * NEXT_FOUR;
  for (var d = across; d < words.quads; d += ACROSS) {
    for (var i = 0u; i < 4u; i++) {
      let place = keys + min(own[i], last) * words.keyStep + d;
      keyTile[(down + ROW_LANES * i) * STRIDE + d] = k[place];
      valueTile[(down + ROW_LANES * i) * STRIDE + d] = v[place];
    }
  }

  var dKeys: array<mat4x4f, MOST_QUADS>;
  var dValues: array<mat4x4f, MOST_QUADS>;
  for (var head = firstHead; head < firstHead + headsEach; head++) {
    let queries = (row * words.tokens * words.heads + head) * words.quads;
    let statsAt = (row * words.heads + head) * words.tokens;
    for (var block = first; block < end; block += TILE) {
      workgroupBarrier();
      for (var at = down; at < TILE; at += ROW_LANES) {
        let place = queries + min(block + at, end - 1u) * words.heads * words.quads;
        for (var d = across; d < words.quads; d += ACROSS) {
          queryTile[at * STRIDE + d] = q[place + d];
          cotangentTile[at * STRIDE + d] = dOut[place + d];
        }
      }
      workgroupBarrier();
      var scores = mat4x4f();
      var dWeights = mat4x4f();
      for (var d = 0u; d < words.quads; d++) {
        let at = down * STRIDE + d + ROW_LANES * STRIDE * NEXT_FOUR;
        for (var column = 0u; column < COLUMNS; column++) {
          let query = queryTile[(across + ACROSS * column) * STRIDE + d];
          scores[column] += query * mat4x4f(keyTile[at.x], keyTile[at.y], keyTile[at.z], keyTile[at.w]);
          let cotangent = cotangentTile[(across + ACROSS * column) * STRIDE + d];
          dWeights[column] += cotangent * mat4x4f(valueTile[at.x], valueTile[at.y], valueTile[at.z], valueTile[at.w]);
        }
      }
      for (var column = 0u; column < COLUMNS; column++) {
        let here = block + across + ACROSS * column;
        let real = min(here, end - 1u);
        let begin = firstKeys(vec4u(real), vec4u(hiddenFrom(row, real)), words.window);
        let numbers = stats[statsAt + real];
        let seen = (own >= begin) & (own <= vec4u(here)) & (vec4u(here) < vec4u(end));
        let weight = select(vec4f(), exp(scores[column] * words.scale - numbers.x), seen);
        let slope = select(vec4f(), weight * (dWeights[column] - numbers.y) * words.scale, seen);
        weightTile[(across + ACROSS * column) * WEIGHT_STRIDE + down] = weight;
        slopeTile[(across + ACROSS * column) * WEIGHT_STRIDE + down] = slope;
      }
      workgroupBarrier();
      for (var query = 0u; query < min(TILE, end - block); query++) {
        let weight = weightTile[query * WEIGHT_STRIDE + down];
        let slope = slopeTile[query * WEIGHT_STRIDE + down];
        for (var part = 0u; part < OWN_QUADS; part++) {
          let place = query * STRIDE + across + ACROSS * part;
          let x = queryTile[place];
          dKeys[part] += mat4x4f(slope.x * x, slope.y * x, slope.z * x, slope.w * x);
          let y = cotangentTile[place];
          dValues[part] += mat4x4f(weight.x * y, weight.y * y, weight.z * y, weight.w * y);
        }
      }
    }
  }
  for (var i = 0u; i < 4u; i++) {
    for (var part = 0u; part < OWN_QUADS; part++) {
      let d = across + ACROSS * part;
      if (own[i] <= last && d < words.quads) {
        let place = ((row * words.tokens + own[i]) * groups.y + group.y) * words.quads + d;
        dk[place] = dKeys[part][i];
        dv[place] = dValues[part][i];
      }
    }
  }
}
