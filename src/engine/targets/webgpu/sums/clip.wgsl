// From partial sums of squares: their norm, and the factor that makes it maxNorm at most (0: 1), by one workgroup.
// A norm that is no finite number gives a factor that is none, and such a factor stays. It is the bits that are looked at,
// because compilers may take it that there is no such number.

struct Words { count: u32, maxNorm: f32, notANumber: u32 }

@group(0) @binding(0) var<storage, read_write> norm: array<f32>;
@group(0) @binding(1) var<storage, read_write> factor: array<f32>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<uniform> words: Words;

const INFINITY_BITS = 0x7f800000u;

fn isFinite(x: f32) -> bool {
  return (bitcast<u32>(x) & INFINITY_BITS) != INFINITY_BITS;
}

@compute @workgroup_size(groupSize)
fn main(@builtin(local_invocation_index) local: u32) {
  var share = 0.0;
  for (var i = local; i < words.count; i += groupSize) {
    share += partials[i];
  }
  let sum = groupSum(share, local);
  if (local == 0u) {
    let length = sqrt(sum);
    norm[0] = length;
    if (!isFinite(length)) {
      factor[0] = bitcast<f32>(words.notANumber);
    } else if (isFinite(factor[0])) {
      factor[0] = select(1.0, min(1.0, words.maxNorm / (length + 1e-6)), words.maxNorm > 0.0);
    }
  }
}
