// The gradients of gate and up from that of silu(gate) · up; silu is computed again.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> dGate: array<f32>;
@group(0) @binding(1) var<storage, read_write> dUp: array<f32>;
@group(0) @binding(2) var<storage, read_write> dOut: array<f32>;
@group(0) @binding(3) var<storage, read_write> gate: array<f32>;
@group(0) @binding(4) var<storage, read_write> up: array<f32>;
@group(0) @binding(5) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < words.size) {
    let sigmoid = 1.0 / (1.0 + exp(-gate[i]));
    dUp[i] = dOut[i] * gate[i] * sigmoid;
    dGate[i] = dOut[i] * up[i] * sigmoid * (1.0 + gate[i] * (1.0 - sigmoid));
  }
}
