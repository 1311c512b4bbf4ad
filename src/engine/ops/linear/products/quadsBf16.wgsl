// The operands of a product four elements at a time: a in f32, b in pairs of bf16. Their strides are multiples of 4.

@group(0) @binding(1) var<storage, read_write> a: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> b: array<vec2u>;

/** Elements 4 · at … 4 · at + 3 of b. The first of a pair is the lower half; a bfloat16 is the upper half of a float32. */
fn quadOfB(at: u32) -> vec4f {
  let pairs = b[at];
  return bitcast<vec4f>(vec4u(pairs.x << 16u, pairs.x & 0xffff0000u, pairs.y << 16u, pairs.y & 0xffff0000u));
}
