// What all product kernels share: the numbers of a product, its result, and how a finished sum gets there. Comes behind a kernel's own text.
// Strides and firsts are in elements. Where k is split, each share (group.z) writes sums of its own, `shareStride` apart, into the workspace.

struct Words {
  m: u32,
  n: u32,
  k: u32,
  aFirst: u32,
  aStride: u32,
  bStride: u32,
  outFirst: u32,
  outStride: u32,
  biasFirst: u32,
  tilesDown: u32,
  tilesAcross: u32,
  hasBias: u32,
  accumulates: u32,
  /** Of k in a share; all of it where there is one. */
  shareDepth: u32,
  shareStride: u32,
  scale: f32,
}

@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<storage, read_write> bias: array<f32>;
@group(0) @binding(4) var<uniform> words: Words;

/** Row and column of a workgroup's tile, and its share of k: [begin, end). */
struct Tile { down: u32, across: u32, begin: u32, end: u32 }

/** Tiles are numbered along the shorter side of the result, so that those at work together read the same of the longer operand. */
fn tileOf(group: vec3u, groups: vec3u) -> Tile {
  let at = group.y * groups.x + group.x;
  let begin = group.z * words.shareDepth;
  let end = min(begin + words.shareDepth, words.k);
  if (words.tilesDown < words.tilesAcross) {
    return Tile(at % words.tilesDown, at / words.tilesDown, begin, end);
  }
  return Tile(at / words.tilesAcross, at % words.tilesAcross, begin, end);
}

/**
 * How many of `most` rows from `row` on there are. Kernels store their rows in a loop of that many, out of an array of their own:
 * a compiler that wrote out all the stores of a large tile would take seconds, and an array with a running index is no place for sums in the making.
 */
fn rowsFrom(row: u32, most: u32) -> u32 {
  return min(most, max(words.m, row) - row);
}

/** Writes scale · a sum, of a row that there is. */
fn store(row: u32, column: u32, share: u32, product: f32) {
  if (column >= words.n) {
    return;
  }
  let at = words.outFirst + share * words.shareStride + row * words.outStride + column;
  var value = product;
  if (words.hasBias != 0u) {
    value += bias[words.biasFirst + column];
  }
  if (words.accumulates != 0u) {
    value += out[at];
  }
  out[at] = value;
}

/** Four columns side by side. */
fn storeQuad(row: u32, column: u32, share: u32, products: vec4f) {
  for (var i = 0u; i < min(4u, max(words.n, column) - column); i++) {
    store(row, column + i, share, products[i]);
  }
}
