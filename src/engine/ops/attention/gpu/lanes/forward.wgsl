// Attention without workgroup memory: an invocation goes over the keys of one query, with a softmax that is corrected as larger scores come
// (Milakov & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135). The query and its sums stay with it; keys and values are read
// at places that are the same for the whole workgroup, which a CPU's SIMD loads once for all lanes.
// A workgroup's queries are those of all heads that share a key head, token after token. Loops over a head end at a number of the uniform:
// unrolled ones run at half the speed on Mesa's llvmpipe.

/** Queries of a workgroup. */
override LANES: u32 = 8;
/** Whether keys and values lie in caches, behind `held` others; logSumExp is then not written. */
override CACHED: bool;

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> logSumExp: array<f32>;
@group(0) @binding(2) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> padding: array<u32>;
@group(0) @binding(6) var<storage, read_write> held: array<u32>;
@group(0) @binding(7) var<uniform> words: Words;

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens * sharing - 1u;
  // The last ones, which see the most keys, come first.
  let first = (groups.x - 1u - group.x) * LANES;
  let at = min(first + lane, last);
  let row = group.z;
  let token = at / sharing;
  let head = group.y * sharing + at % sharing;
  var before = 0u;
  if (CACHED) { before = held[0]; }
  var padded = 0u;
  if (PADDED) { padded = padding[row]; }
  let own = before + token;
  let begin = firstKey(own, padded, words.window);
  let qAt = ((row * words.tokens + token) * words.heads + head) * words.quads;
  let keys = row * words.rowStep + group.y * words.headStep;
  let end = before + min(first + LANES - 1u, last) / sharing + 1u;

  var query: array<vec4f, MOST>;
  var sums: array<vec4f, MOST>;
  for (var d = 0u; d < words.quads; d++) { query[d] = q[qAt + d] * words.scale; }
  var largest = HIDDEN;
  var total = 0.0;
  for (var key = firstKey(before + first / sharing, padded, words.window); key < end; key += 4u) {
    let place = keys + min(vec4u(key) + vec4u(0u, 1u, 2u, 3u), vec4u(end - 1u)) * words.keyStep;
    var x = vec4f();
    var y = vec4f();
    var z = vec4f();
    var w = vec4f();
    for (var d = 0u; d < words.quads; d++) {
      let left = query[d];
      x += left * k[place.x + d];
      y += left * k[place.y + d];
      z += left * k[place.z + d];
      w += left * k[place.w + d];
    }
    let here = vec4u(key) + vec4u(0u, 1u, 2u, 3u);
    let seen = (here >= vec4u(begin)) & (here <= vec4u(own));
    let scores = select(vec4f(HIDDEN), vec4f(dot(x, ONES), dot(y, ONES), dot(z, ONES), dot(w, ONES)), seen);
    let top = max(largest, max(max(scores.x, scores.y), max(scores.z, scores.w)));
    // Before the first key that is seen these are ones; the first one's correction makes zeros of what they were summed to.
    let correction = exp(largest - top);
    let weights = exp(scores - top);
    largest = top;
    total = total * correction + dot(weights, ONES);
    for (var d = 0u; d < words.quads; d++) {
      sums[d] = sums[d] * correction
        + weights.x * v[place.x + d] + weights.y * v[place.y + d] + weights.z * v[place.z + d] + weights.w * v[place.w + d];
    }
  }
  if (first + lane <= last) {
    for (var d = 0u; d < words.quads; d++) { out[qAt + d] = sums[d] / total; }
    if (!CACHED) { logSumExp[(row * words.heads + head) * words.tokens + token] = largest + log(total); }
  }
}
