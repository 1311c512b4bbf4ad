// What attention's kernels with workgroup memory have in common, put before each behind views.wgsl.
// A workgroup is ROW_LANES × 8 invocations, and its tile four times as many rows by COLUMNS times as many columns. An invocation has the rows
// down + ROW_LANES · i of products, and the columns across + 8 · j: so those of one instruction lie in different banks of memory.

/** 8 or 4. */
override ROW_LANES: u32;
/** Columns of the tile that each invocation has: 4, 2 or 1. */
override COLUMNS: u32;
/** Vectors of a head that an invocation has sums of, every eighth one; at most MOST_QUADS. */
override OWN_QUADS: u32;

const ACROSS = 8u;
const MOST_QUADS = 8u;
override THREADS = ROW_LANES * ACROSS;
override ROWS = 4u * ROW_LANES;
override TILE = COLUMNS * ACROSS;
/** An odd number of vectors from one row in workgroup memory to the next. */
override STRIDE = ACROSS * OWN_QUADS + 1u;
/** From one column of weights to the next; vectors hold what four rows of an invocation have. */
override WEIGHT_STRIDE = ROW_LANES + 1u;

/** The same for all of the workgroup, which control flow around a barrier has to know. */
var<workgroup> known: vec2u;
