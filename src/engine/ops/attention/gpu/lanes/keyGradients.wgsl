// The gradients of attention's keys and values without workgroup memory: an invocation goes over the queries that see one key, head by head of those
// that share it, and makes their scores again: dk = dSᵀ·q, dv = Pᵀ·dOut (queryGradients.wgsl says what P and dS are).
// Queries are read at places that are the same for the whole workgroup. No two invocations add to one number, so sums have one order.

override LANES: u32 = 8;

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

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sharing = words.heads / words.keyHeads;
  let first = group.x * LANES;
  let last = words.tokens - 1u;
  let own = min(first + lane, last);
  let row = group.z;
  var padded = 0u;
  if (PADDED) { padded = padding[row]; }
  let kAt = row * words.rowStep + group.y * words.headStep + own * words.keyStep;
  let qStep = words.heads * words.quads;
  // Behind the last query that sees a key of the workgroup.
  let lastKey = min(first + LANES - 1u, last);
  let end = select(words.tokens, min(words.tokens, lastKey + words.window), words.window > 0u);

  var key: array<vec4f, MOST>;
  var value: array<vec4f, MOST>;
  var dKey: array<vec4f, MOST>;
  var dValue: array<vec4f, MOST>;
  for (var d = 0u; d < words.quads; d++) {
    key[d] = k[kAt + d] * words.scale;
    value[d] = v[kAt + d];
  }
  for (var head = group.y * sharing; head < (group.y + 1u) * sharing; head++) {
    let heads = (row * words.tokens * words.heads + head) * words.quads;
    let statsAt = (row * words.heads + head) * words.tokens;
    for (var query = first; query < end; query += 4u) {
      let here = vec4u(query) + vec4u(0u, 1u, 2u, 3u);
      let there = min(here, vec4u(end - 1u));
      let place = heads + there * qStep;
      var sx = vec4f();
      var sy = vec4f();
      var sz = vec4f();
      var sw = vec4f();
      var px = vec4f();
      var py = vec4f();
      var pz = vec4f();
      var pw = vec4f();
      for (var d = 0u; d < words.quads; d++) {
        let left = key[d];
        sx += left * q[place.x + d];
        sy += left * q[place.y + d];
        sz += left * q[place.z + d];
        sw += left * q[place.w + d];
        let right = value[d];
        px += right * dOut[place.x + d];
        py += right * dOut[place.y + d];
        pz += right * dOut[place.z + d];
        pw += right * dOut[place.w + d];
      }
      let x = stats[statsAt + there.x];
      let y = stats[statsAt + there.y];
      let z = stats[statsAt + there.z];
      let w = stats[statsAt + there.w];
      let scores = vec4f(dot(sx, ONES), dot(sy, ONES), dot(sz, ONES), dot(sw, ONES)) - vec4f(x.x, y.x, z.x, w.x);
      let dWeights = vec4f(dot(px, ONES), dot(py, ONES), dot(pz, ONES), dot(pw, ONES)) - vec4f(x.y, y.y, z.y, w.y);
      let begin = vec4u(firstKey(there.x, padded, words.window), firstKey(there.y, padded, words.window), firstKey(there.z, padded, words.window), firstKey(there.w, padded, words.window));
      let seen = (vec4u(own) >= begin) & (vec4u(own) <= here) & (here < vec4u(end));
      let weights = select(vec4f(), exp(scores), seen);
      let dScores = select(vec4f(), weights * dWeights * words.scale, seen);
      for (var d = 0u; d < words.quads; d++) {
        dKey[d] += dScores.x * q[place.x + d] + dScores.y * q[place.y + d] + dScores.z * q[place.z + d] + dScores.w * q[place.w + d];
        dValue[d] += weights.x * dOut[place.x + d] + weights.y * dOut[place.y + d]
          + weights.z * dOut[place.z + d] + weights.w * dOut[place.w + d];
      }
    }
  }
  if (first + lane <= last) {
    for (var d = 0u; d < words.quads; d++) {
      dk[kAt + d] = dKey[d];
      dv[kAt + d] = dValue[d];
    }
  }
}
