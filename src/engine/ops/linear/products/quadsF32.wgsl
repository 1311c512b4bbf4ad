// The operands of a product four elements at a time: a in f32, b in f32. Their strides are multiples of 4.

@group(0) @binding(1) var<storage, read_write> a: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> b: array<vec4f>;

/** Elements 4 · at … 4 · at + 3 of b. */
fn quadOfB(at: u32) -> vec4f {
  return b[at];
}
