// What attention's kernels have in common, put before each: the words of their uniform, and which keys a query sees.
// Those are always one run that ends with its own; neither end falls from one query to the next.
// Each kernel declares `padding`: how many padded keys a row begins with, or, where rows hold several texts, the first key of its own text for each
// query. One binding does for both, because some kernels have no other left of the eight that any device has.

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
  /** 1 where `padding` is there, with a number a row. */
  padded: u32,
  /** 1 where keys and values lie in caches, behind `held` others. */
  cached: u32,
  /** 1 where `padding` has a number a query, [batch·tokens]. */
  packed: u32,
}

/** How many keys before a query of a row are hidden from it, whatever the window: padding, or the texts in front of its own. */
fn hiddenFrom(row: u32, token: u32) -> u32 {
  if (words.packed == 1u) {
    return padding[row * words.tokens + token];
  }
  if (words.padded == 1u) {
    return padding[row];
  }
  return 0u;
}

fn hiddenFromEach(row: u32, tokens: vec4u) -> vec4u {
  if (words.packed == 1u) {
    let at = row * words.tokens + tokens;
    return vec4u(padding[at.x], padding[at.y], padding[at.z], padding[at.w]);
  }
  return vec4u(hiddenFrom(row, tokens.x));
}

/** Behind the last query of a row that sees `key`: behind the last of its text, and of those that have it in their window. */
fn endOfQueries(row: u32, key: u32) -> u32 {
  var end = select(words.tokens, min(words.tokens, key + words.window), words.window > 0u);
  if (words.packed == 1u) {
    var least = key + 1u;
    while (least < end) {
      let middle = (least + end) / 2u;
      if (padding[row * words.tokens + middle] > key) {
        end = middle;
      } else {
        least = middle + 1u;
      }
    }
  }
  return end;
}

/** The first key that each of four queries sees, from their positions and how many are hidden from them; a padded one sees itself alone. */
fn firstKeys(own: vec4u, hidden: vec4u, window: u32) -> vec4u {
  let inWindow = select(vec4u(), own + 1u - window, (vec4u(window) > vec4u()) & (own >= vec4u(window)));
  return select(max(hidden, inWindow), own, own < hidden);
}
