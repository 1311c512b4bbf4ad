// out [rows, keyHeads, headDim] = the sum over the heads that share a key head of parts [rows, heads, headDim], in their order.

struct Words { size: u32, quads: u32, sharing: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> parts: array<vec4f>;
@group(0) @binding(2) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < words.size) {
    let begin = i / words.quads * words.sharing * words.quads + i % words.quads;
    var sum = parts[begin];
    for (var head = 1u; head < words.sharing; head++) {
      sum += parts[begin + head * words.quads];
    }
    out[i] = sum;
  }
}
