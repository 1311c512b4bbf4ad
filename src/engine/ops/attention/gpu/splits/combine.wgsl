// Puts together what the splits of a cache's keys have given for each query: an invocation has a vector of a query's head.

const SPLIT = 64u;

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> parts: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> partStats: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> padding: array<u32>;
@group(0) @binding(4) var<storage, read_write> held: array<u32>;
@group(0) @binding(5) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.z;
  let sharing = words.heads / words.keyHeads;
  let queries = words.tokens * sharing;
  let fours = (queries + 3u) / 4u;
  let i = group.x * 64u + lane;
  let query = i / words.quads;
  let d = i % words.quads;
  if (query >= queries) {
    return;
  }
  let start = firstKeys(vec4u(held[0]), vec4u(hiddenFrom(row, 0u)), words.window).x;
  let end = held[0] + words.tokens;
  // All that a cache has room for has a place, whether or not it is filled.
  let splits = (words.headStep / words.keyStep + SPLIT - 1u) / SPLIT;
  var largest = HIDDEN;
  var total = 0.0;
  var sum = vec4f();
  for (var split = start / SPLIT; split * SPLIT < end; split++) {
    let part = ((row * words.keyHeads + group.y) * splits + split) * fours + query / 4u;
    let top = max(largest, partStats[2u * part][query % 4u]);
    let correction = exp(largest - top);
    let factor = exp(partStats[2u * part][query % 4u] - top);
    largest = top;
    total = total * correction + factor * partStats[2u * part + 1u][query % 4u];
    sum = sum * correction + factor * parts[(part * 4u + query % 4u) * words.quads + d];
  }
  out[((row * words.tokens + query / sharing) * words.heads + group.y * sharing + query % sharing) * words.quads + d] = sum / total;
}
