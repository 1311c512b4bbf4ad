// Partial sums of the squares of x: a workgroup makes the one at `first` + its own number, from blocks of Elements that lie evenly apart.
// Where there are fewer workgroups than partial sums, the others become 0.

struct Words { size: u32, first: u32, end: u32 }

@group(0) @binding(0) var<storage, read_write> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> x: array<Element>;
@group(0) @binding(2) var<uniform> words: Words;

@compute @workgroup_size(groupSize)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  // Two sums, and not one: as many numbers again are on their way from memory.
  var share0 = Element();
  var share1 = Element();
  let stride = groups.x * groupSize;
  for (var i = group.x * groupSize + local; i < words.size; i += 2u * stride) {
    let x0 = x[i];
    share0 += x0 * x0;
    if (i + stride < words.size) {
      let x1 = x[i + stride];
      share1 += x1 * x1;
    }
  }
  let sum = groupSum(sumOf(share0 + share1), local);
  if (local == 0u) {
    partials[words.first + group.x] = sum;
  }
  let unused = words.first + groups.x + local;
  if (group.x == 0u && unused < words.end) {
    partials[unused] = 0.0;
  }
}
