// The gradients of gate and up from that of silu(gate) · up; silu is computed again.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> dGate: array<Element>;
@group(0) @binding(1) var<storage, read_write> dUp: array<Element>;
@group(0) @binding(2) var<storage, read_write> dOut: array<Element>;
@group(0) @binding(3) var<storage, read_write> gate: array<Element>;
@group(0) @binding(4) var<storage, read_write> up: array<Element>;
@group(0) @binding(5) var<uniform> words: Words;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let begin = blockBegin(group, groups);
  let end = min(begin + BLOCK, words.size);
  for (var i = begin + local; i < end; i += GROUP) {
    let sigmoid = 1.0 / (1.0 + exp(-gate[i]));
    dUp[i] = dOut[i] * gate[i] * sigmoid;
    dGate[i] = dOut[i] * up[i] * sigmoid * (1.0 + gate[i] * (1.0 - sigmoid));
  }
}
