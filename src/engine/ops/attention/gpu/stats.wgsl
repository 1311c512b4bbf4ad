// What attention's backward pass has to know of each query: its logSumExp, and along = Σ dOut · out, which is what Σ P·dP comes to.
// Side by side, so that the kernels that read both bind one value less.

struct Words { size: u32, tokens: u32, heads: u32, quads: u32 }

@group(0) @binding(0) var<storage, read_write> stats: array<vec2f>;
@group(0) @binding(1) var<storage, read_write> logSumExp: array<f32>;
@group(0) @binding(2) var<storage, read_write> dOut: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4f>;
@group(0) @binding(4) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < words.size) {
    var sum = vec4f();
    for (var d = 0u; d < words.quads; d++) {
      sum += dOut[i * words.quads + d] * out[i * words.quads + d];
    }
    let token = i / words.heads;
    let at = (token / words.tokens * words.heads + i % words.heads) * words.tokens + token % words.tokens;
    stats[at] = vec2f(logSumExp[at], dot(sum, vec4f(1.0)));
  }
}
