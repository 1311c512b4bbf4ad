// What an Element is in kernels over four numbers at a time. The same names as in scalars.wgsl.

const LANES = 4u;
alias Element = vec4f;
alias Indices = vec4u;

fn sumOf(x: Element) -> f32 { return (x.x + x.y) + (x.z + x.w); }
fn largestOf(x: Element) -> f32 { return max(max(x.x, x.y), max(x.z, x.w)); }
fn numberOf(x: Element, at: u32) -> f32 { return x[at]; }

/** Which numbers Element `at` is, counted from the array's beginning. */
fn indicesOf(at: u32) -> Indices { return 4u * at + vec4u(0u, 1u, 2u, 3u); }
