// out = silu(gate) · up, element by element.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> gate: array<Element>;
@group(0) @binding(2) var<storage, read_write> up: array<Element>;
@group(0) @binding(3) var<uniform> words: Words;

fn element(i: u32) {
  out[i] = gate[i] / (1.0 + exp(-gate[i])) * up[i];
}
