// RMSNorm's gradient by its weight: row by row, out [chunks, width] = the sum over each chunk of rows of dOut · x · inverseRms.
// An invocation is an Element of a row of out.

struct Words { rows: u32, width: u32, chunkRows: u32 }

override accumulate: bool;

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> inverseRms: array<f32>;
@group(0) @binding(3) var<storage, read_write> dOut: array<Element>;
@group(0) @binding(4) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= words.width) { return; }
  let begin = id.y * words.chunkRows;
  let end = min(begin + words.chunkRows, words.rows);
  var sum = Element();
  for (var row = begin; row < end; row++) {
    let i = row * words.width + id.x;
    sum += dOut[i] * x[i] * inverseRms[row];
  }
  let place = id.y * words.width + id.x;
  if (accumulate) {
    out[place] += sum;
  } else {
    out[place] = sum;
  }
}
