// The loop of a kernel that does the same for each Element and knows nothing of the others: `element(i)` is the kernel's own.

@compute @workgroup_size(GROUP)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let begin = blockBegin(group, groups);
  let end = min(begin + BLOCK, words.size);
  for (var i = begin + local; i < end; i += GROUP) {
    element(i);
  }
}
