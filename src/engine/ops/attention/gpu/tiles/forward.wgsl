// Attention with tiles in workgroup memory (Dao 2023, arXiv:2307.08691): a workgroup has some queries of all heads that share a key head, token
// after token, and goes over their keys tile by tile, with a softmax that is corrected as larger scores come. For real GPUs.

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> logSumExp: array<f32>;
@group(0) @binding(2) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> padding: array<u32>;
@group(0) @binding(6) var<storage, read_write> held: array<u32>;
@group(0) @binding(7) var<uniform> words: Words;

var<workgroup> queryTile: array<vec4f, ROWS * STRIDE>;
/** Of keys, and of their values later. */
var<workgroup> keyTile: array<vec4f, TILE * STRIDE>;
var<workgroup> weightTile: array<vec4f, TILE * WEIGHT_STRIDE>;
var<workgroup> shares: array<vec4f, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.z;
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens * sharing - 1u;
  // The last ones, which see the most keys, come first.
  let first = (groups.x - 1u - group.x) * ROWS;
  if (lane == 0u) {
    known = vec2u(0u, hiddenFrom(row, first / sharing));
    if (words.cached == 1u) {
      known.x = held[0];
    }
  }
  let fixed = workgroupUniformLoad(&known);
  let before = fixed.x;
  let keys = row * words.rowStep + group.y * words.headStep;
  let start = firstKeys(vec4u(before + first / sharing), vec4u(fixed.y), words.window).x;
  let end = before + min(first + ROWS - 1u, last) / sharing + 1u;

  let down = lane / ACROSS;
  let across = lane % ACROSS;
  let asked = first + down + ROW_LANES * NEXT_FOUR;
  let at = min(asked, vec4u(last));
  let token = at / sharing;
  let head = group.y * sharing + at % sharing;
  let own = before + token;
  let begin = firstKeys(own, hiddenFromEach(row, token), words.window);
  let queries = ((row * words.tokens + token) * words.heads + head) * words.quads;
  for (var d = across; d < words.quads; d += ACROSS) {
    for (var i = 0u; i < 4u; i++) {
      queryTile[(down + ROW_LANES * i) * STRIDE + d] = q[queries[i] + d] * words.scale;
    }
  }

  var sums: array<mat4x4f, MOST_QUADS>;
  var largest = vec4f(HIDDEN);
  var total = vec4f();
  for (var block = start; block < end; block += TILE) {
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
    var top = largest;
    for (var column = 0u; column < COLUMNS; column++) {
      let here = vec4u(block + across + ACROSS * column);
      scores[column] = select(vec4f(HIDDEN), scores[column], (here >= begin) & (here <= own));
      top = max(top, scores[column]);
    }
    shares[across * ROW_LANES + down] = top;
    workgroupBarrier();
    for (var at = down; at < TILE; at += ROW_LANES) {
      let place = keys + min(block + at, end - 1u) * words.keyStep;
      for (var d = across; d < words.quads; d += ACROSS) {
        keyTile[at * STRIDE + d] = v[place + d];
      }
    }
    for (var i = 0u; i < ACROSS; i++) {
      top = max(top, shares[i * ROW_LANES + down]);
    }
    // Before the first key that is seen weights are ones; the first one's correction makes zeros of what they were summed to.
    let correction = exp(largest - top);
    largest = top;
    total *= correction;
    for (var column = 0u; column < COLUMNS; column++) {
      let weight = exp(scores[column] - top);
      weightTile[(across + ACROSS * column) * WEIGHT_STRIDE + down] = weight;
      total += weight;
    }
    for (var part = 0u; part < OWN_QUADS; part++) {
      let sum = sums[part];
      sums[part] = mat4x4f(sum[0] * correction.x, sum[1] * correction.y, sum[2] * correction.z, sum[3] * correction.w);
    }
    workgroupBarrier();
    for (var key = 0u; key < min(TILE, end - block); key++) {
      let weight = weightTile[key * WEIGHT_STRIDE + down];
      for (var part = 0u; part < OWN_QUADS; part++) {
        let value = keyTile[key * STRIDE + across + ACROSS * part];
        sums[part] += mat4x4f(weight.x * value, weight.y * value, weight.z * value, weight.w * value);
      }
    }
  }
  workgroupBarrier();
  shares[across * ROW_LANES + down] = total;
  workgroupBarrier();
  total = vec4f();
  for (var i = 0u; i < ACROSS; i++) {
    total += shares[i * ROW_LANES + down];
  }
  let logSums = largest + log(total);
  for (var i = 0u; i < 4u; i++) {
    if (asked[i] > last) {
      continue;
    }
    for (var part = 0u; part < OWN_QUADS; part++) {
      let d = across + ACROSS * part;
      if (d < words.quads) {
        out[queries[i] + d] = sums[part][i] / total[i];
      }
    }
    if (across == 0u && words.cached == 0u) {
      logSumExp[(row * words.heads + head[i]) * words.tokens + token[i]] = logSums[i];
    }
  }
}
