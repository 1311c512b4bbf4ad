// The gradients of attention's keys and values without workgroup memory: an invocation has four keys, and goes over the queries that see them in
// blocks, head by head of those that share them: dk = dSᵀ·q, dv = Pᵀ·dOut (queryGradients.wgsl says what P and dS are).
// The sums lie in `dk` and `dv` between the blocks. No two invocations add to one number, so each sum has one order. Why so, as in forward.wgsl.

override LANES: u32;

/** Queries of a block. */
const QUERIES = 32;

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

/** Four keys against four queries, a column a query. */
fn keysByQueries(keys: vec4u, queries: vec4u) -> mat4x4f {
  var products = mat4x4f();
  for (var d = 0u; d < words.quads; d++) {
    let x = k[keys.x + d];
    let y = k[keys.y + d];
    let z = k[keys.z + d];
    let w = k[keys.w + d];
    for (var query = 0u; query < 4u; query++) {
      let own = q[queries[query] + d];
      products[query] += vec4f(dot(x, own), dot(y, own), dot(z, own), dot(w, own));
    }
  }
  return products;
}

fn valuesByCotangents(keys: vec4u, queries: vec4u) -> mat4x4f {
  var products = mat4x4f();
  for (var d = 0u; d < words.quads; d++) {
    let x = v[keys.x + d];
    let y = v[keys.y + d];
    let z = v[keys.z + d];
    let w = v[keys.w + d];
    for (var query = 0u; query < 4u; query++) {
      let own = dOut[queries[query] + d];
      products[query] += vec4f(dot(x, own), dot(y, own), dot(z, own), dot(w, own));
    }
  }
  return products;
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let sharing = words.heads / words.keyHeads;
  let last = words.tokens - 1u;
  // Side by side those that as many queries see; the first ones, which the most see, come first.
  let pairs = words.batch * words.keyHeads;
  let first = (group.y * groups.x + group.x) * LANES;
  let asks = first + lane;
  let lastFour = last / 4u;
  let asked = min(asks / pairs, lastFour) * 4u + NEXT_FOUR;
  let there = (asked <= vec4u(last)) & (vec4u(asks / pairs) <= vec4u(lastFour));
  let own = min(asked, vec4u(last));
  let row = asks % pairs / words.keyHeads;
  let keyHead = asks % words.keyHeads;
  let keys = row * words.rowStep + keyHead * words.headStep + own * words.keyStep;
  let queryStep = words.heads * words.quads;
  // The same for all of the workgroup: queries from its first key's own to behind the last that sees one of its keys.
  let start = min(first / pairs, lastFour) * 4u;
  let lastKey = min(min((first + LANES - 1u) / pairs, lastFour) * 4u + 3u, last);
  var end = start;
  for (var any = 0u; any < words.batch; any++) {
    end = max(end, endOfQueries(any, lastKey));
  }

  var weights: array<vec4f, QUERIES>;
  var slopes: array<vec4f, QUERIES>;
  for (var turn = 0u; turn < sharing; turn++) {
    let head = keyHead * sharing + turn;
    let queries = (row * words.tokens * words.heads + head) * words.quads;
    let statsAt = (row * words.heads + head) * words.tokens;
    for (var block = start; block < end; block += QUERIES) {
      let blockEnd = min(block + QUERIES, end);
      for (var query = block; query < blockEnd; query += 4u) {
        let here = query + NEXT_FOUR;
        let real = min(here, vec4u(end - 1u));
        let begin = firstKeys(real, hiddenFromEach(row, real), words.window);
        let place = queries + real * queryStep;
        let scores = keysByQueries(keys, place) * words.scale;
        let dWeights = valuesByCotangents(keys, place);
        for (var column = 0u; column < 4u; column++) {
          let known = stats[statsAt + real[column]];
          let seen = (own >= vec4u(begin[column])) & (own <= vec4u(here[column]));
          let weight = select(vec4f(), exp(scores[column] - known.x), seen);
          weights[here[column] - block] = weight;
          slopes[here[column] - block] = select(vec4f(), weight * (dWeights[column] - known.y) * words.scale, seen);
        }
      }
      let isFirst = block == start && turn == 0u;
      for (var d = 0u; d < words.quads; d++) {
        var dKeys = mat4x4f();
        var dValues = mat4x4f();
        if (!isFirst) {
          for (var key = 0u; key < 4u; key++) {
            dKeys[key] = dk[keys[key] + d];
            dValues[key] = dv[keys[key] + d];
          }
        }
        for (var query = block; query < blockEnd; query++) {
          let place = queries + query * queryStep + d;
          let slope = slopes[query - block];
          let x = q[place];
          dKeys += mat4x4f(slope.x * x, slope.y * x, slope.z * x, slope.w * x);
          let weight = weights[query - block];
          let y = dOut[place];
          dValues += mat4x4f(weight.x * y, weight.y * y, weight.z * y, weight.w * y);
        }
        for (var key = 0u; key < 4u; key++) {
          if (there[key]) {
            dk[keys[key] + d] = dKeys[key];
            dv[keys[key] + d] = dValues[key];
          }
        }
      }
    }
  }
}
