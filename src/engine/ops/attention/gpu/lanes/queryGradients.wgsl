// The gradient of attention's queries without workgroup memory: scores are made again, block by block. With P the softmax and dP = dOut·vᵀ,
// dS = P ∘ (dP − along), and dq = dS·k (Dao et al. 2022, arXiv:2205.14135). Who has which queries, and why so, as in forward.wgsl;
// the sums lie in `dq` between the blocks.

override LANES: u32;

/** Keys of a block. */
const KEYS = 32;

@group(0) @binding(0) var<storage, read_write> dq: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> q: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> k: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> v: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> dOut: array<vec4f>;
/** logSumExp and along. */
@group(0) @binding(5) var<storage, read_write> stats: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> padding: array<u32>;
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

fn cotangentsByValues(queries: vec4u, keys: vec4u) -> mat4x4f {
  var products = mat4x4f();
  for (var d = 0u; d < words.quads; d++) {
    let x = dOut[queries.x + d];
    let y = dOut[queries.y + d];
    let z = dOut[queries.z + d];
    let w = dOut[queries.w + d];
    for (var key = 0u; key < 4u; key++) {
      let own = v[keys[key] + d];
      products[key] += vec4f(dot(x, own), dot(y, own), dot(z, own), dot(w, own));
    }
  }
  return products;
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens * sharing - 1u;
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
  let begin = firstKeys(token, hiddenFromEach(row, token), words.window);
  let queries = ((row * words.tokens + token) * words.heads + head) * words.quads;
  let keys = row * words.rowStep + keyHead * words.headStep;
  let lowest = lastFour - min((first + LANES - 1u) / pairs, lastFour);
  let highest = lastFour - min(first / pairs, lastFour);
  var start = firstKeys(vec4u(lowest * 4u / sharing), vec4u(), words.window).x;
  let end = min(highest * 4u + 3u, last) / sharing + 1u;
  if (words.packed == 1u) {
    var least = end;
    for (var any = 0u; any < words.batch; any++) {
      least = min(least, hiddenFrom(any, lowest * 4u / sharing));
    }
    start = max(start, least);
  }
  let statsAt = (row * words.heads + head) * words.tokens + token;
  let own = mat4x2f(stats[statsAt.x], stats[statsAt.y], stats[statsAt.z], stats[statsAt.w]);
  let logSumExp = vec4f(own[0].x, own[1].x, own[2].x, own[3].x);
  let along = vec4f(own[0].y, own[1].y, own[2].y, own[3].y);

  var slopes: array<vec4f, KEYS>;
  for (var block = start; block < end; block += KEYS) {
    let blockEnd = min(block + KEYS, end);
    for (var key = block; key < blockEnd; key += 4u) {
      let here = key + NEXT_FOUR;
      let place = keys + min(here, vec4u(end - 1u)) * words.keyStep;
      let scores = queriesByKeys(queries, place) * words.scale;
      let dWeights = cotangentsByValues(queries, place);
      for (var column = 0u; column < 4u; column++) {
        let slope = exp(scores[column] - logSumExp) * (dWeights[column] - along) * words.scale;
        let seen = (vec4u(here[column]) >= begin) & (vec4u(here[column]) <= token);
        slopes[here[column] - block] = select(vec4f(), slope, seen);
      }
    }
    for (var d = 0u; d < words.quads; d++) {
      var sums = mat4x4f();
      if (block > start) {
        for (var query = 0u; query < 4u; query++) {
          sums[query] = dq[queries[query] + d];
        }
      }
      for (var key = block; key < blockEnd; key++) {
        let slope = slopes[key - block];
        let own = k[keys + key * words.keyStep + d];
        sums += mat4x4f(slope.x * own, slope.y * own, slope.z * own, slope.w * own);
      }
      for (var query = 0u; query < 4u; query++) {
        if (there[query]) {
          dq[queries[query] + d] = sums[query];
        }
      }
    }
  }
}
