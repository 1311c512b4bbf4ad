// out = a + b, element by element.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> a: array<Element>;
@group(0) @binding(2) var<storage, read_write> b: array<Element>;
@group(0) @binding(3) var<uniform> words: Words;

fn element(i: u32) {
  out[i] = a[i] + b[i];
}
