// The gradients of gate and up from that of silu(gate) · up; silu is computed again.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> dGate: array<Element>;
@group(0) @binding(1) var<storage, read_write> dUp: array<Element>;
@group(0) @binding(2) var<storage, read_write> dOut: array<Element>;
@group(0) @binding(3) var<storage, read_write> gate: array<Element>;
@group(0) @binding(4) var<storage, read_write> up: array<Element>;
@group(0) @binding(5) var<uniform> words: Words;

fn element(i: u32) {
  let sigmoid = 1.0 / (1.0 + exp(-gate[i]));
  dUp[i] = dOut[i] * gate[i] * sigmoid;
  dGate[i] = dOut[i] * up[i] * sigmoid * (1.0 + gate[i] * (1.0 - sigmoid));
}
