// Keys or values x [batch·tokens, keyHeads·headDim] of new tokens into cache [batch, keyHeads, capacity, headDim], behind the held ones.

struct Words { size: u32, tokens: u32, keyHeads: u32, headDim: u32, capacity: u32 }

@group(0) @binding(0) var<storage, read_write> cache: array<f32>;
@group(0) @binding(1) var<storage, read_write> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> held: array<u32>;
@group(0) @binding(3) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < words.size) {
    let head = i / words.headDim;
    let token = head / words.keyHeads;
    let keys = token / words.tokens * words.keyHeads + head % words.keyHeads;
    let place = keys * words.capacity + held[0] + token % words.tokens;
    cache[place * words.headDim + i % words.headDim] = x[i];
  }
}
