// Attention of a few new queries over a long cache, in splits of its keys, so that a real GPU has enough to do: a workgroup has SPLIT keys of a row
// and all queries of the heads that share their key head. It writes each query's largest score and sum of weights, and its weighted sum of
// values, which combine.wgsl puts together ("Flash-Decoding", Dao, Haziza, Massa & Sizov 2023).

/** Keys of a workgroup, one an invocation. */
const SPLIT = 64u;
/** Queries by fours, at most. */
const MOST_FOURS = 4u;

@group(0) @binding(0) var<storage, read_write> parts: array<vec4f>;
/** Of each four queries: the largest scores, and the sums. */
@group(0) @binding(1) var<storage, read_write> partStats: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> padding: array<u32>;
@group(0) @binding(6) var<storage, read_write> held: array<u32>;
@group(0) @binding(7) var<uniform> words: Words;

var<workgroup> known: vec2u;
var<workgroup> weights: array<vec4f, SPLIT * MOST_FOURS>;

@compute @workgroup_size(SPLIT)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.z;
  if (lane == 0u) {
    known = vec2u(held[0], hiddenFrom(row, 0u));
  }
  let fixed = workgroupUniformLoad(&known);
  let before = fixed.x;
  let padded = fixed.y;
  let end = before + words.tokens;
  let start = firstKeys(vec4u(before), vec4u(padded), words.window).x;
  if (group.x * SPLIT >= end || (group.x + 1u) * SPLIT <= start) {
    return;
  }
  let sharing = words.heads / words.keyHeads;
  let queries = words.tokens * sharing;
  let fours = (queries + 3u) / 4u;
  let keys = row * words.rowStep + group.y * words.headStep;
  let key = group.x * SPLIT + lane;
  let place = keys + min(key, end - 1u) * words.keyStep;

  for (var four = 0u; four < fours; four++) {
    let at = min(four * 4u + NEXT_FOUR, vec4u(queries - 1u));
    let token = at / sharing;
    let own = ((row * words.tokens + token) * words.heads + group.y * sharing + at % sharing) * words.quads;
    var scores = vec4f();
    for (var d = 0u; d < words.quads; d++) {
      scores += k[place + d] * mat4x4f(q[own.x + d], q[own.y + d], q[own.z + d], q[own.w + d]);
    }
    let seen = (vec4u(key) >= firstKeys(before + token, vec4u(padded), words.window)) & (vec4u(key) <= before + token);
    weights[four * SPLIT + lane] = select(vec4f(HIDDEN), scores * words.scale, seen);
  }
  workgroupBarrier();
  let part = (row * words.keyHeads + group.y) * groups.x + group.x;
  for (var four = 0u; four < fours; four++) {
    var top = vec4f(HIDDEN);
    for (var i = 0u; i < SPLIT; i++) {
      top = max(top, weights[four * SPLIT + i]);
    }
    let score = weights[four * SPLIT + lane];
    workgroupBarrier();
    // Of keys that are not seen, where none of the split is, too.
    weights[four * SPLIT + lane] = select(exp(score - top), vec4f(), score <= vec4f(HIDDEN));
    workgroupBarrier();
    if (lane == 0u) {
      var total = vec4f();
      for (var i = 0u; i < SPLIT; i++) {
        total += weights[four * SPLIT + i];
      }
      partStats[2u * (part * fours + four)] = top;
      partStats[2u * (part * fours + four) + 1u] = total;
    }
  }
  // Keys behind the last have no weight; what is read for them is another's value.
  for (var i = lane; i < fours * words.quads; i += SPLIT) {
    let four = i / words.quads;
    let d = i % words.quads;
    var sums = mat4x4f();
    for (var at = 0u; at < SPLIT; at++) {
      let weight = weights[four * SPLIT + at];
      let value = v[keys + min(group.x * SPLIT + at, end - 1u) * words.keyStep + d];
      sums += mat4x4f(weight.x * value, weight.y * value, weight.z * value, weight.w * value);
    }
    for (var query = 0u; query < 4u; query++) {
      parts[((part * fours + four) * 4u + query) * words.quads + d] = sums[query];
    }
  }
}
