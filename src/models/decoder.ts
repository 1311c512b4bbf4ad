// A decoder of the Llama family, written once over the ops: it computes with whatever the interpreter computes with.
// Blocks of RMSNorm → grouped-query attention with rotary positions → RMSNorm → SwiGLU, each added to the stream
// (Llama 2: arXiv:2307.09288, Mistral: arXiv:2310.06825, Qwen2: arXiv:2407.10671, Qwen3: arXiv:2505.09388).
// What they differ in (biases, norms on q and k, windows, tied heads) is data in the configuration, never a second copy of this file.
// Must not know: where weights come from, what a loss is for.

import type { AttentionView, Ops } from '../engine/ops.ts'
import { type Adapter, lowRankOf } from './adapter.ts'
import type { DecoderConfig } from './config.ts'
import { inverseFrequencies } from './rope.ts'

/** Weights by their name in the checkpoint. */
export type Weights<T> = Readonly<Record<string, T>>

/** A model: its shape, its weights, and what is trained beside them. */
export type Decoder<T> = {
  config: DecoderConfig
  weights: Weights<T>
  /** Low-rank updates of the linear layers (LoRA); null: none. */
  adapter: Adapter<T> | null
}

/** The same model with every weight, also the adapter's, made into something else, one after the other. */
export async function mapWeights<T, R>(
  { config, weights, adapter }: Decoder<T>,
  map: (weight: T) => Promise<R>,
): Promise<Decoder<R>> {
  const mapAll = async (own: Weights<T>): Promise<Record<string, R>> => {
    const made: Record<string, R> = {}
    for (const [name, weight] of Object.entries(own)) made[name] = await map(weight)
    return made
  }
  const mapped = await mapAll(weights)
  return { config, weights: mapped, adapter: adapter && { ...adapter, weights: await mapAll(adapter.weights) } }
}

/** Rows of one length, one behind the other; `I` is what the interpreter takes for whole numbers. */
export type TokenBatch<I> = {
  batch: number
  /** New tokens a row. */
  tokens: number
  /** B·T token ids. */
  ids: I
  /** B·T, counted from each row's first real token. */
  positions: I
  /** For each row, how many keys at its beginning are padding (batches for generation are padded on the left); null: none. */
  paddedKeys: I | null
  /** Where rows hold several texts: for each token [B·T] the place in its row at which its own text begins; null: a row is one text. */
  begins: I | null
}

type RowsOfIds = {
  batch: number
  ids: readonly number[]
  paddedKeys: readonly number[] | null
  begins?: readonly number[] | null
}

/** Rows of ids with their positions, which are counted anew for each text of a row. @param held tokens of each row that a cache holds already */
export function tokenBatch({ batch, ids, paddedKeys, begins = null }: RowsOfIds, held = 0): TokenBatch<readonly number[]> {
  const tokens = ids.length / batch
  const before = (at: number) => begins?.[at] ?? paddedKeys?.[Math.floor(at / tokens)] ?? 0
  const positions = ids.map((_, at) => Math.max(0, held + (at % tokens) - before(at)))
  return { batch, tokens, ids, positions, paddedKeys, begins }
}

/** Keys and values that were computed already, one pair a block, each [B, keyHeads, S, headDim]. */
export type KeyValueCache<T> = { tokens: number; blocks: readonly { keys: T; values: T }[] }

/**
 * The hidden states behind the last norm, [B·T, hidden], and the cache with these tokens in it.
 * @param cache what earlier tokens of the same rows left; null at the beginning
 */
export function hiddenStates<T, I>(
  ops: Ops<T, I>,
  { config, weights, adapter }: Decoder<T>,
  input: TokenBatch<I>,
  cache: KeyValueCache<T> | null,
): { hidden: T; cache: KeyValueCache<T> } {
  const keys = (cache?.tokens ?? 0) + input.tokens
  const { num_attention_heads: heads, num_key_value_heads: keyHeads, head_dim: headDim, rms_norm_eps, biases } = config
  const shape = { batch: input.batch, heads, keyHeads, headDim }
  const { batch, tokens: queries, paddedKeys, begins } = input
  const masks = masksOf(ops, config, { batch, queries, keys, paddedKeys, ...(begins !== null && { begins }) })
  const tables = ops.rotaryTables(input.positions, inverseFrequencies(config))

  let stream = ops.embedding(weightOf(weights, 'model.embed_tokens.weight'), input.ids, config.paddingIndex)
  const blocks: { keys: T; values: T }[] = []
  for (const [layer, mask] of masks.entries()) {
    const name = (part: string) => `model.layers.${layer}.${part}`
    const weight = (part: string) => weightOf(weights, name(`${part}.weight`))
    const linear = (part: string, x: T, biased: boolean) =>
      ops.linear(x, weight(part), biased ? weightOf(weights, name(`${part}.bias`)) : null, lowRankOf(adapter, name(part)))
    const norm = (part: string, x: T) => ops.rmsNorm(x, weight(part), rms_norm_eps)
    const headNorm = (part: string, x: T) => (config.qkNorm ? norm(part, x) : x)

    const input = stream
    stream = ops.checkpoint(() => {
      const x = norm('input_layernorm', input)
      const q = ops.rotary(headNorm('self_attn.q_norm', linear('self_attn.q_proj', x, biases.qkv)), tables, heads)
      const k = ops.rotary(headNorm('self_attn.k_norm', linear('self_attn.k_proj', x, biases.qkv)), tables, keyHeads)
      const held = cache?.blocks[layer] ?? null
      const allKeys = ops.appendKeys(held?.keys ?? null, k, shape)
      const allValues = ops.appendKeys(held?.values ?? null, linear('self_attn.v_proj', x, biases.qkv), shape)
      blocks.push({ keys: allKeys, values: allValues })
      const attended = ops.attention(q, allKeys, allValues, mask, shape)
      const middle = ops.add(input, linear('self_attn.o_proj', attended, biases.o))

      const y = norm('post_attention_layernorm', middle)
      const gated = ops.swiGlu(linear('mlp.gate_proj', y, biases.mlp), linear('mlp.up_proj', y, biases.mlp))
      return ops.add(middle, linear('mlp.down_proj', gated, biases.mlp))
    })
  }
  const hidden = ops.rmsNorm(stream, weightOf(weights, 'model.norm.weight'), rms_norm_eps)
  return { hidden, cache: { tokens: keys, blocks } }
}

/** Logits of hidden states [N, hidden] → [N, V]. */
export function logitsOf<T, I>(ops: Ops<T, I>, model: Decoder<T>, hidden: T): T {
  return ops.linear(hidden, headOf(model), null, null)
}

/** The sum of the cross-entropies (nats) at `rows` of the batch, each against its target. A scalar. */
export function lossSum<T, I>(ops: Ops<T, I>, model: Decoder<T>, input: TokenBatch<I>, learned: { rows: I; targets: I }): T {
  const { hidden } = hiddenStates(ops, model, input, null)
  return ops.headLoss(ops.takeRows(hidden, learned.rows), headOf(model), learned.targets)
}

function headOf<T>({ config, weights }: Decoder<T>): T {
  return weightOf(weights, config.tie_word_embeddings ? 'model.embed_tokens.weight' : 'lm_head.weight')
}

/** One a layer; those with the same window share theirs. A window that holds all keys is none. */
function masksOf<T, I>(
  ops: Ops<T, I>,
  { slidingWindows }: DecoderConfig,
  view: Omit<AttentionView<I>, 'slidingWindow'>,
): readonly T[] {
  const made = new Map<number | null, T>()
  return slidingWindows.map((window) => {
    const slidingWindow = window !== null && window < view.keys ? window : null
    const mask = made.get(slidingWindow) ?? ops.attentionMask({ ...view, slidingWindow })
    made.set(slidingWindow, mask)
    return mask
  })
}

function weightOf<T>(weights: Weights<T>, name: string): T {
  const weight = weights[name]
  if (weight === undefined) throw new Error(`the decoder asks for ${name}, which was not loaded`)
  return weight
}
