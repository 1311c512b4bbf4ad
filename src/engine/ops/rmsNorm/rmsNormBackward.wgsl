// RMSNorm's gradient by x: one workgroup a row. dx = inverseRms · (dOut · weight − n · mean(dOut · weight · n)) with n = x · inverseRms, or added to dx.

struct Words { rows: u32, width: u32 }

override accumulate: bool;

@group(0) @binding(0) var<storage, read_write> dx: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> weight: array<Element>;
@group(0) @binding(3) var<storage, read_write> inverseRms: array<f32>;
@group(0) @binding(4) var<storage, read_write> dOut: array<Element>;
@group(0) @binding(5) var<uniform> words: Words;

@compute @workgroup_size(groupSize)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let row = group.y * groups.x + group.x;
  if (row >= words.rows) { return; }
  let begin = row * words.width;
  var products = Element();
  for (var i = local; i < words.width; i += groupSize) {
    products += dOut[begin + i] * weight[i] * x[begin + i];
  }
  let along = groupSum(sumOf(products), local);
  let inverse = inverseRms[row];
  let back = along * inverse * inverse * inverse / f32(words.width * LANES);
  for (var i = local; i < words.width; i += groupSize) {
    let gradient = dOut[begin + i] * weight[i] * inverse - x[begin + i] * back;
    if (accumulate) {
      dx[begin + i] += gradient;
    } else {
      dx[begin + i] = gradient;
    }
  }
}
