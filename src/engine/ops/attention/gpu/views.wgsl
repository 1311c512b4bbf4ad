// What attention's kernels have in common, put before each: the words of their uniform, and which keys a query sees.
// Those are always one run that ends with its own; neither end falls from one query to the next.

/** Lower than any score, and no infinity: the difference of two of them is a number. */
const HIDDEN = -3e38;
const NEXT_FOUR = vec4u(0u, 1u, 2u, 3u);

/** Steps are in vectors: from one row's keys to the next row's, from a key head to the next, from a key to the next. */
struct Words {
  batch: u32,
  tokens: u32,
  heads: u32,
  keyHeads: u32,
  /** Vectors of a head. */
  quads: u32,
  /** How many keys a query sees, its own included; 0: all before it. */
  window: u32,
  rowStep: u32,
  headStep: u32,
  keyStep: u32,
  scale: f32,
  /** 1 where `padding` is there. */
  padded: u32,
  /** 1 where keys and values lie in caches, behind `held` others. */
  cached: u32,
}

/** The first key that each of four queries sees, from their positions; a padded one sees itself alone. */
fn firstKeys(own: vec4u, padded: u32, window: u32) -> vec4u {
  let inWindow = select(vec4u(), own + 1u - window, (vec4u(window) > vec4u()) & (own >= vec4u(window)));
  return select(max(vec4u(padded), inWindow), own, own < vec4u(padded));
}
