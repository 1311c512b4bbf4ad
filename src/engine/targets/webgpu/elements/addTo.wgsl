// out += x, element by element.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<uniform> words: Words;

fn element(i: u32) {
  out[i] += x[i];
}
