// out [rows, width] = the rows ids of a table, of which the rows [firstRow, firstRow + height) are bound: only what lies in these is written.

struct Words { size: u32, width: u32, firstRow: u32, height: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> table: array<Element>;
@group(0) @binding(2) var<storage, read_write> ids: array<u32>;
@group(0) @binding(3) var<uniform> words: Words;

fn element(i: u32) {
  // An id before `firstRow` becomes a very large number.
  let row = ids[i / words.width] - words.firstRow;
  if (row < words.height) {
    out[i] = table[row * words.width + i % words.width];
  }
}
