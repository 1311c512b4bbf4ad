// Attention without workgroup memory: an invocation has four queries, and goes over their keys in blocks with a softmax that is corrected as
// larger scores come (Milakov & Gimelshein 2018, arXiv:1805.02867; Dao et al. 2022, arXiv:2205.14135). The sums lie in `out` between the blocks.
// Four queries are of the heads that share a key head, token after token.
// For software adapters: there, each load costs as much as a dozen multiplications, so what is loaded is used four times and more,
// and loops over a head end at a number of the uniform, because unrolled they take twice as long.

/** Invocations of a workgroup. */
override LANES: u32;

/** Keys of a block. */
const KEYS = 32;

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> logSumExp: array<f32>;
@group(0) @binding(2) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> padding: array<u32>;
@group(0) @binding(6) var<storage, read_write> held: array<u32>;
@group(0) @binding(7) var<uniform> words: Words;

/** Four queries against four keys, a column a key. */
fn queriesByKeys(queries: vec4u, keys: vec4u) -> mat4x4f {
  var products = mat4x4f();
  for (var d = 0u; d < words.quads; d++) {
    let x = q[queries.x + d];
    let y = q[queries.y + d];
    let z = q[queries.z + d];
    let w = q[queries.w + d];
    for (var key = 0u; key < 4u; key++) {
      let own = k[keys[key] + d];
      products[key] += vec4f(dot(x, own), dot(y, own), dot(z, own), dot(w, own));
    }
  }
  return products;
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens * sharing - 1u;
  // Side by side those that see as many keys; the last ones, which see the most, come first.
  let pairs = words.batch * words.keyHeads;
  let first = (group.y * groups.x + group.x) * LANES;
  let asks = first + lane;
  let lastFour = last / 4u;
  let four = lastFour - min(asks / pairs, lastFour);
  let asked = four * 4u + NEXT_FOUR;
  let there = (asked <= vec4u(last)) & (vec4u(asks / pairs) <= vec4u(lastFour));
  let at = min(asked, vec4u(last));
  let row = asks % pairs / words.keyHeads;
  let keyHead = asks % words.keyHeads;
  let token = at / sharing;
  let head = keyHead * sharing + at % sharing;
  var before = 0u;
  if (words.cached == 1u) {
    before = held[0];
  }
  let own = before + token;
  let begin = firstKeys(own, hiddenFromEach(row, token), words.window);
  let queries = ((row * words.tokens + token) * words.heads + head) * words.quads;
  let keys = row * words.rowStep + keyHead * words.headStep;
  // The same for all of the workgroup: from the first key that one of its queries may see, wherever padding ends; of texts, from the earliest
  // beginning that any row of the batch has there.
  let lowest = lastFour - min((first + LANES - 1u) / pairs, lastFour);
  let highest = lastFour - min(first / pairs, lastFour);
  var start = firstKeys(vec4u(before + lowest * 4u / sharing), vec4u(), words.window).x;
  let end = before + min(highest * 4u + 3u, last) / sharing + 1u;
  if (words.packed == 1u) {
    var least = end;
    for (var any = 0u; any < words.batch; any++) {
      least = min(least, hiddenFrom(any, lowest * 4u / sharing));
    }
    start = max(start, least);
  }

  var weights: array<vec4f, KEYS>;
  var largest = vec4f(HIDDEN);
  var total = vec4f();
  for (var block = start; block < end; block += KEYS) {
    let blockEnd = min(block + KEYS, end);
    var top = largest;
    for (var key = block; key < blockEnd; key += 4u) {
      let here = key + NEXT_FOUR;
      let scores = queriesByKeys(queries, keys + min(here, vec4u(end - 1u)) * words.keyStep) * words.scale;
      for (var column = 0u; column < 4u; column++) {
        let seen = (vec4u(here[column]) >= begin) & (vec4u(here[column]) <= own);
        let score = select(vec4f(HIDDEN), scores[column], seen);
        weights[here[column] - block] = score;
        top = max(top, score);
      }
    }
    // Before the first key that is seen weights are ones; the first one's correction makes zeros of what they were summed to.
    let correction = exp(largest - top);
    largest = top;
    total *= correction;
    for (var key = 0u; key < blockEnd - block; key++) {
      let weight = exp(weights[key] - top);
      weights[key] = weight;
      total += weight;
    }
    let factor = select(vec4f(1.0), 1.0 / total, blockEnd == end);
    for (var d = 0u; d < words.quads; d++) {
      var sums = mat4x4f();
      if (block > start) {
        for (var query = 0u; query < 4u; query++) {
          sums[query] = correction[query] * out[queries[query] + d];
        }
      }
      for (var key = block; key < blockEnd; key++) {
        let weight = weights[key - block];
        let value = v[keys + key * words.keyStep + d];
        sums += mat4x4f(weight.x * value, weight.y * value, weight.z * value, weight.w * value);
      }
      for (var query = 0u; query < 4u; query++) {
        if (there[query]) {
          out[queries[query] + d] = sums[query] * factor[query];
        }
      }
    }
  }
  if (words.cached == 0u) {
    let logSums = largest + log(total);
    for (var query = 0u; query < 4u; query++) {
      if (there[query]) {
        logSumExp[(row * words.heads + head[query]) * words.tokens + token[query]] = logSums[query];
      }
    }
  }
}
