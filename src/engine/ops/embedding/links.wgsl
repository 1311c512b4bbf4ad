// Which rows have one id: of each row, whether it is the first with its id, and the next one with it; `rows` where there is none.
// A row whose id is `skip` is first nowhere and is met nowhere.

struct Words { rows: u32, skip: i32 }

@group(0) @binding(0) var<storage, read_write> links: array<vec2u>;
@group(0) @binding(1) var<storage, read_write> ids: array<i32>;
@group(0) @binding(2) var<uniform> words: Words;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let row = id.x;
  if (row >= words.rows) { return; }
  let own = ids[row];
  var isFirst = own != words.skip;
  var next = words.rows;
  // From the last row to the first, all invocations at the same one, so that each number is read once for all of them.
  for (var at = words.rows; at > 0u; at--) {
    let other = at - 1u;
    if (ids[other] == own) {
      next = select(next, other, other > row);
      isFirst = isFirst && other >= row;
    }
  }
  links[row] = vec2u(u32(isFirst), next);
}
