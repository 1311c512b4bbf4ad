// AdamW: weight and both moments in place, and the weight as it was beside them, in one pass over memory. Defined by adamW.ts.
// The factor of the gradients is what clipping left. Where it is no finite number nothing is changed: its bits are looked at,
// because compilers may take it that there is no such number.

struct Words { size: u32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, stepSize: f32, epsilon: f32, decayFactor: f32 }

@group(0) @binding(0) var<storage, read_write> weight: array<Element>;
@group(0) @binding(1) var<storage, read_write> first: array<Element>;
@group(0) @binding(2) var<storage, read_write> second: array<Element>;
@group(0) @binding(3) var<storage, read_write> before: array<Element>;
@group(0) @binding(4) var<storage, read_write> gradient: array<Element>;
@group(0) @binding(5) var<storage, read_write> gradientFactor: array<f32>;
@group(0) @binding(6) var<uniform> words: Words;

const INFINITY_BITS = 0x7f800000u;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let factor = gradientFactor[0];
  if ((bitcast<u32>(factor) & INFINITY_BITS) == INFINITY_BITS) { return; }
  let begin = blockBegin(group, groups);
  let end = min(begin + BLOCK, words.size);
  for (var i = begin + local; i < end; i += GROUP) {
    let g = gradient[i] * factor;
    let m = words.beta1 * first[i] + words.rest1 * g;
    let v = words.beta2 * second[i] + words.rest2 * g * g;
    let w = weight[i];
    before[i] = w;
    first[i] = m;
    second[i] = v;
    weight[i] = words.decayFactor * w - words.stepSize * m / (sqrt(v) + words.epsilon);
  }
}
