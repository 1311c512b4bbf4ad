// What attention's kernels have in common, put before each: the words of their uniform, and which keys a query sees.
// Those are always one run that ends with its own; neither end falls from one query to the next.

/** Whether `padding` is there. */
override PADDED: bool;

/** Vectors of the largest head. */
const MOST = 128;
/** Lower than any score, and no infinity: the difference of two of them is a number. */
const HIDDEN = -3e38;
const ONES = vec4f(1.0);

/** Steps are in vectors: from one row's keys to the next row's, from a key head to the next, from a key to the next. */
struct Words {
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
}

/** The first key that the query at position `own` sees; a padded one sees itself alone. */
fn firstKey(own: u32, padded: u32, window: u32) -> u32 {
  if (own < padded) {
    return own;
  }
  return max(padded, select(0u, own + 1u - window, window > 0u && own >= window));
}
