// Rows of another width: cut, or filled with zeros at their ends. Heads that are no whole vectors go through it before and after attention.

struct Words { size: u32, width: u32, before: u32 }

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read_write> x: array<f32>;
@group(0) @binding(2) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * 64u + id.x;
  if (i < words.size) {
    let column = i % words.width;
    if (column < words.before) {
      out[i] = x[i / words.width * words.before + column];
    } else {
      out[i] = 0.0;
    }
  }
}
