// out = factor · the sum of x, by one workgroup.

struct Words { size: u32, factor: f32 }

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read_write> x: array<f32>;
@group(0) @binding(2) var<uniform> words: Words;

@compute @workgroup_size(groupSize)
fn main(@builtin(local_invocation_index) local: u32) {
  var share = 0.0;
  for (var i = local; i < words.size; i += groupSize) {
    share += x[i];
  }
  let sum = groupSum(share, local);
  if (local == 0u) {
    out[0] = sum * words.factor;
  }
}
