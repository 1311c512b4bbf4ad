// What an Element is in kernels over one number at a time. Stands before the source of a kernel; vectors.wgsl stands there where four divide its width.

const LANES = 1u;
alias Element = f32;
alias Indices = u32;

fn sumOf(x: Element) -> f32 { return x; }
fn largestOf(x: Element) -> f32 { return x; }
fn numberOf(x: Element, _at: u32) -> f32 { return x; }

/** Which numbers Element `at` is, counted from the array's beginning. */
fn indicesOf(at: u32) -> Indices { return at; }
