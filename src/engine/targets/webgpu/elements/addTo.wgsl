// out += x, element by element.

struct Words { size: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<Element>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<uniform> words: Words;

@compute @workgroup_size(GROUP)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let begin = blockBegin(group, groups);
  let end = min(begin + BLOCK, words.size);
  for (var i = begin + local; i < end; i += GROUP) {
    out[i] += x[i];
  }
}
