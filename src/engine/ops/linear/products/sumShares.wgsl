// Where k was split: out = scale · the sum of the shares, in their order (+ bias) (+ what was there).

struct Words {
  m: u32,
  n: u32,
  outFirst: u32,
  outStride: u32,
  biasFirst: u32,
  hasBias: u32,
  accumulates: u32,
  shares: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;
@group(0) @binding(2) var<storage, read_write> bias: array<f32>;
@group(0) @binding(3) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i >= words.m * words.n) {
    return;
  }
  var sum = 0.0;
  for (var share = 0u; share < words.shares; share++) {
    sum += sums[share * words.m * words.n + i];
  }
  let column = i % words.n;
  let at = words.outFirst + (i / words.n) * words.outStride + column;
  var value = words.scale * sum;
  if (words.hasBias != 0u) {
    value += bias[words.biasFirst + column];
  }
  if (words.accumulates != 0u) {
    value += out[at];
  }
  out[at] = value;
}
