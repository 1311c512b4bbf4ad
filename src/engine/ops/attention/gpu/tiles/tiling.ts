// How large the tiles are that a device's workgroup memory has room for. Must not know: kernels' operands.

/** ROW_LANES and COLUMNS of tile.wgsl: a tile is 4 · rowLanes rows by 8 · columns columns. */
export type Tiling = { rowLanes: number; columns: number }

/** The best first: a product needs fewer loads the larger both are. */
const tilings: readonly Tiling[] = [
  { rowLanes: 8, columns: 4 },
  { rowLanes: 8, columns: 2 },
  { rowLanes: 4, columns: 4 },
  { rowLanes: 4, columns: 2 },
  { rowLanes: 4, columns: 1 },
]

/** Vectors of a head that an invocation has sums of at most: tile.wgsl's MOST_QUADS. */
const MOST_QUADS = 8

const BYTES_OF_VECTOR = 16
/** What `known` takes, and what arrays lose where they are aligned. */
const BYTES_BESIDE = 64

/** How many tiles of each kind a kernel has, and vectors beside. */
export type TileCounts = { rows: number; columns: number; weights: number; shares: boolean }

/** Null where none has room. @param ownQuads OWN_QUADS of tile.wgsl */
export function tilingFor(
  { rows, columns, weights, shares }: TileCounts,
  ownQuads: number,
  workgroupBytes: number,
): Tiling | null {
  if (ownQuads > MOST_QUADS) return null
  const stride = 8 * ownQuads + 1
  const bytesOf = ({ rowLanes, columns: across }: Tiling) =>
    BYTES_OF_VECTOR *
      (rows * 4 * rowLanes * stride +
        columns * 8 * across * stride +
        weights * 8 * across * (rowLanes + 1) +
        (shares ? 8 * rowLanes : 0)) +
    BYTES_BESIDE
  return tilings.find((tiling) => bytesOf(tiling) <= workgroupBytes) ?? null
}
