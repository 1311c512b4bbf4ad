// Dropout: out = x · kept where the number that seed and place make is at least `threshold`, x · 0 elsewhere. The same choice that dropout.ts makes.

struct Words { size: u32, seed: u32, threshold: u32, kept: f32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<uniform> words: Words;

/** A 32-bit mixing function with little bias (Chris Wellons' "lowbias32", public domain). */
fn mixed(x: Indices) -> Indices {
  var bits = (x ^ (x >> Indices(16u))) * 0x7feb352du;
  bits = (bits ^ (bits >> Indices(15u))) * 0x846ca68bu;
  return bits ^ (bits >> Indices(16u));
}

@compute @workgroup_size(GROUP)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let begin = blockBegin(group, groups);
  let end = min(begin + BLOCK, words.size);
  let start = mixed(Indices(words.seed));
  for (var i = begin + local; i < end; i += GROUP) {
    let isKept = mixed(start ^ mixed(indicesOf(i))) >= Indices(words.threshold);
    out[i] = x[i] * select(Element(), Element(words.kept), isKept);
  }
}
