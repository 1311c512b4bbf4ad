// The gradient of attention's queries without workgroup memory: an invocation goes over the keys of one query and makes their scores again.
// With P the softmax and dP = dOut·vᵀ, dS = P ∘ (dP − along), and dq = dS·k (Dao et al. 2022, arXiv:2205.14135).
// Who does what, and how keys are read, as in forward.wgsl.

override LANES: u32 = 8;

@group(0) @binding(0) var<storage, read_write> dq: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> dOut: array<vec4f>;
/** logSumExp and along. */
@group(0) @binding(5) var<storage, read_write> stats: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> padding: array<u32>;
@group(0) @binding(7) var<uniform> words: Words;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens * sharing - 1u;
  let first = (groups.x - 1u - group.x) * LANES;
  let at = min(first + lane, last);
  let row = group.z;
  let token = at / sharing;
  let head = group.y * sharing + at % sharing;
  var padded = 0u;
  if (PADDED) { padded = padding[row]; }
  let begin = firstKey(token, padded, words.window);
  let qAt = ((row * words.tokens + token) * words.heads + head) * words.quads;
  let keys = row * words.rowStep + group.y * words.headStep;
  let end = min(first + LANES - 1u, last) / sharing + 1u;
  let own = stats[(row * words.heads + head) * words.tokens + token];

  var query: array<vec4f, MOST>;
  var cotangent: array<vec4f, MOST>;
  var sums: array<vec4f, MOST>;
  for (var d = 0u; d < words.quads; d++) {
    query[d] = q[qAt + d] * words.scale;
    cotangent[d] = dOut[qAt + d];
  }
  for (var key = firstKey(first / sharing, padded, words.window); key < end; key += 4u) {
    let here = vec4u(key) + vec4u(0u, 1u, 2u, 3u);
    let place = keys + min(here, vec4u(end - 1u)) * words.keyStep;
    var sx = vec4f();
    var sy = vec4f();
    var sz = vec4f();
    var sw = vec4f();
    var px = vec4f();
    var py = vec4f();
    var pz = vec4f();
    var pw = vec4f();
    for (var d = 0u; d < words.quads; d++) {
      let left = query[d];
      sx += left * k[place.x + d];
      sy += left * k[place.y + d];
      sz += left * k[place.z + d];
      sw += left * k[place.w + d];
      let right = cotangent[d];
      px += right * v[place.x + d];
      py += right * v[place.y + d];
      pz += right * v[place.z + d];
      pw += right * v[place.w + d];
    }
    let scores = vec4f(dot(sx, ONES), dot(sy, ONES), dot(sz, ONES), dot(sw, ONES));
    let dWeights = vec4f(dot(px, ONES), dot(py, ONES), dot(pz, ONES), dot(pw, ONES));
    let seen = (here >= vec4u(begin)) & (here <= vec4u(token));
    let dScores = select(vec4f(), exp(scores - own.x) * (dWeights - own.y) * words.scale, seen);
    for (var d = 0u; d < words.quads; d++) {
      sums[d] += dScores.x * k[place.x + d] + dScores.y * k[place.y + d] + dScores.z * k[place.z + d] + dScores.w * k[place.w + d];
    }
  }
  if (first + lane <= last) {
    for (var d = 0u; d < words.quads; d++) { dq[qAt + d] = sums[d]; }
  }
}
