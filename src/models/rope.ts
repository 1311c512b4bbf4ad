// The frequencies of the rotary position embedding (Su et al. 2021, arXiv:2104.09864), and how a model that was trained on short texts
// is made to read longer ones. What each is called, and its parameters, are Hugging Face's `rope_type`s.
// Must not know: config.json's spellings (config/rope.ts), what is rotated.

export type RopeParameters =
  | { rope_type: 'default'; rope_theta: number }
  /** Every position divided by `factor` (position interpolation, Chen et al. 2023, arXiv:2306.15595). */
  | { rope_type: 'linear'; rope_theta: number; factor: number }
  | Llama3Parameters

/** Slow pairs divided by `factor`, fast ones as they are, those between blended (Llama 3.1: arXiv:2407.21783; `meta-llama/llama-models`). */
type Llama3Parameters = {
  rope_type: 'llama3'
  rope_theta: number
  factor: number
  /** A pair that turns less often than this within the original context is slow. */
  low_freq_factor: number
  /** A pair that turns more often than this within the original context is fast. */
  high_freq_factor: number
  original_max_position_embeddings: number
}

/** Radians a position for each of the head_dim/2 pairs, the fastest first. */
export function inverseFrequencies(config: { head_dim: number; rope_parameters: RopeParameters }): number[] {
  const { head_dim, rope_parameters: rope } = config
  const frequencies = Array.from({ length: head_dim / 2 }, (_, pair) => rope.rope_theta ** ((-2 * pair) / head_dim))
  switch (rope.rope_type) {
    case 'default':
      return frequencies
    case 'linear':
      return frequencies.map((frequency) => frequency / rope.factor)
    case 'llama3':
      return frequencies.map((frequency) => llama3Frequency(frequency, rope))
  }
}

function llama3Frequency(frequency: number, rope: Llama3Parameters): number {
  const { factor, low_freq_factor, high_freq_factor, original_max_position_embeddings } = rope
  const turns = (original_max_position_embeddings * frequency) / (2 * Math.PI)
  const kept = Math.min(1, Math.max(0, (turns - low_freq_factor) / (high_freq_factor - low_freq_factor)))
  return kept * frequency + ((1 - kept) * frequency) / factor
}
