// Rotary position embedding: each pair (i, i + headDim/2) of a head is turned by its angle, or with sign −1 back. Defined by composed.ts.
// An Element here is one of half a head; x holds two for each.

struct Words { size: u32, half: u32, heads: u32, sign: f32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> cosines: array<Element>;
@group(0) @binding(3) var<storage, read_write> sines: array<Element>;
@group(0) @binding(4) var<uniform> words: Words;

fn element(i: u32) {
  let head = i / words.half;
  let pair = i % words.half;
  let angle = head / words.heads * words.half + pair;
  let c = cosines[angle];
  let s = sines[angle] * words.sign;
  // As many first halves lie before it as heads, and as many second ones.
  let at = head * words.half + i;
  let a = x[at];
  let b = x[at + words.half];
  out[at] = a * c - b * s;
  out[at + words.half] = b * c + a * s;
}
