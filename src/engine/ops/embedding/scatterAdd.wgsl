// Adds row by row x [rows, width] to the rows ids of `into`, of which the rows [firstRow, firstRow + height) are bound.
// What has one id is summed by the invocation of the first such row, in the order of the rows, so that no two add to one place.

struct Words { size: u32, width: u32, rows: u32, firstRow: u32, height: u32 }

@group(0) @binding(0) var<storage, read_write> into: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> ids: array<u32>;
@group(0) @binding(3) var<storage, read_write> links: array<vec2u>;
@group(0) @binding(4) var<uniform> words: Words;

fn element(i: u32) {
  let column = i % words.width;
  var row = i / words.width;
  // An id before `firstRow` becomes a very large number.
  let place = ids[row] - words.firstRow;
  if (links[row].x == 1u && place < words.height) {
    var sum = Element();
    while (row < words.rows) {
      sum += x[row * words.width + column];
      row = links[row].y;
    }
    into[place * words.width + column] += sum;
  }
}
