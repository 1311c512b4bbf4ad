// The dozen ops that a decoder is written in. A model is a function over this interface and knows nothing else of the engine.
// `T` is whatever an interpreter computes with, and `I` what it takes for rows of whole numbers: the eager one runs each call at once
// on TensorFlow.js tensors and plain numbers (eager.ts); a planner runs the same model with symbols in the place of both. Shapes: N tokens of a batch in a row (B·T), B batch, T tokens, S keys,
// V vocabulary, r rank. Everything is float32. Every op has a gradient for each of its tensor arguments unless it says otherwise;
// what nothing trained flows into gets none computed.
// Must not know: language models' configurations, files.

export type Ops<T, I = readonly number[]> = {
  /** Rows of `weight` [V, hidden] → [N, hidden]. The row `paddingIndex` gets no gradient (torch's padding_idx). */
  embedding: (weight: T, ids: I, paddingIndex: number | null) => T

  /** Each run of `size` elements of x [N, G·size] ÷ its root mean square · weight [size] (Zhang & Sennrich 2019, arXiv:1910.07467); G is 1 for a norm of whole rows. */
  rmsNorm: (x: T, weight: T, eps: number) => T

  /** x [N, in] · weightᵀ [out, in] + bias [out] → [N, out], plus what the adapter beside it gives. */
  linear: (x: T, weight: T, bias: T | null, adapter: LowRank<T> | null) => T

  /** The tables that `rotary` reads: cosines and sines of position × frequency. No gradient. */
  rotaryTables: (positions: I, inverseFrequencies: readonly number[]) => RotaryTables<T>

  /** Rotates each head of x [N, heads·headDim] by its position; pairs element i with i + headDim/2 (Su et al. 2021, arXiv:2104.09864). */
  rotary: (x: T, tables: RotaryTables<T>, heads: number) => T

  /** What each query may see, as a bias on the scores. Made once a pass, read by every block. No gradient. */
  attentionMask: (view: AttentionView<I>) => T

  /** Causal grouped-query attention (Ainslie et al. 2023, arXiv:2305.13245): q [B·T, heads·headDim], k and v [B, keyHeads, S, headDim] → [B·T, heads·headDim]. */
  attention: (q: T, k: T, v: T, mask: T, shape: AttentionShape) => T

  /** Keys or values of T new tokens, x [B·T, keyHeads·headDim], put behind those that are held [B, keyHeads, S, headDim] → [B, keyHeads, S + T, headDim]. */
  appendKeys: (held: T | null, x: T, shape: AttentionShape) => T

  /** silu(gate) · up, both [N, ffn] (Shazeer 2020, arXiv:2002.05202). */
  swiGlu: (gate: T, up: T) => T

  /** a + b of one shape. */
  add: (a: T, b: T) => T

  /**
   * What `body` computes. An interpreter may keep nothing of what it computed on the way, and compute it again when the gradients are due
   * (gradient checkpointing, Chen et al. 2016, arXiv:1604.06174). Gradients flow into `body` through its result alone.
   */
  checkpoint: (body: () => T) => T

  /** The rows `indices` of x [N, hidden] → [indices, hidden]. */
  takeRows: (x: T, indices: I) => T

  /** Sum of the cross-entropies (nats) of x [N, hidden] · weightᵀ [V, hidden] against one target a row. Logits exist for one chunk of rows at a time. */
  headLoss: (x: T, weight: T, targets: I) => T
}

/** A low-rank update of a linear layer, scale · b·a beside its weight (Hu et al. 2021, arXiv:2106.09685): a [r, in], b [out, r]. */
export type LowRank<T> = {
  a: T
  b: T
  scale: number
  /** Drops elements of what goes into `a`, in training; null: none. */
  dropout: Dropout | null
}

/** Each element is dropped with probability `rate` (0 ≤ rate < 1), by a choice that depends on the run's seed, on which part of it this is, and on its place only. */
export type Dropout = { rate: number; seed: number; part: string }

export type RotaryTables<T> = { cos: T; sin: T; headDim: number }

export type AttentionShape = { batch: number; heads: number; keyHeads: number; headDim: number }

export type AttentionView<I = readonly number[]> = {
  batch: number
  /** New tokens a row. */
  queries: number
  /** Keys a row, those held included; the queries are the last of them. */
  keys: number
  /** For each row, how many keys at its beginning are padding; null: none anywhere. Padding on the right needs no mask, no real token sees it. */
  paddedKeys: I | null
  /** A query sees this many keys, itself included; null: all before it. */
  slidingWindow: number | null
  /**
   * Where a row holds several texts, one behind the other: for each query [B·T] the first key of its row that it may see, its own text's
   * first; never less than its neighbour's before it. Only over a sequence from its beginning. Absent: a row is one text.
   */
  begins?: I
}
