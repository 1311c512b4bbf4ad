// RMSNorm: one workgroup a row. Writes out = x · inverseRms · weight, and inverseRms [rows], which the backward reads.

struct Words { rows: u32, width: u32, eps: f32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> inverseRms: array<f32>;
@group(0) @binding(2) var<storage, read_write> x: array<Element>;
@group(0) @binding(3) var<storage, read_write> weight: array<Element>;
@group(0) @binding(4) var<uniform> words: Words;

@compute @workgroup_size(groupSize)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let row = group.y * groups.x + group.x;
  if (row >= words.rows) { return; }
  let begin = row * words.width;
  var squares = Element();
  for (var i = local; i < words.width; i += groupSize) {
    let value = x[begin + i];
    squares += value * value;
  }
  let mean = groupSum(sumOf(squares), local) / f32(words.width * LANES);
  let inverse = 1.0 / sqrt(mean + words.eps);
  if (local == 0u) {
    inverseRms[row] = inverse;
  }
  for (var i = local; i < words.width; i += groupSize) {
    out[begin + i] = x[begin + i] * inverse * weight[i];
  }
}
