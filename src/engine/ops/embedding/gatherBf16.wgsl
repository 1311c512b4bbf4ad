// The same from a table in bfloat16, two to a word, the first in its low half; `width` is in numbers, and `size` too.

struct Words { size: u32, width: u32, firstRow: u32, height: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read_write> table: array<u32>;
@group(0) @binding(2) var<storage, read_write> ids: array<u32>;
@group(0) @binding(3) var<uniform> words: Words;

fn element(i: u32) {
  let row = ids[i / words.width] - words.firstRow;
  if (row < words.height) {
    let at = row * words.width + i % words.width;
    let word = table[at / 2u];
    out[i] = bitcast<f32>(select(word << 16u, word & 0xffff0000u, at % 2u == 1u));
  }
}
