// config.json → what a decoder needs to know. Whatever in it would change the numbers and is not built yet is refused by name,
// never ignored. A further architecture is one more reader in `architectures` (and, where it differs, one more branch in decoder.ts).
// Must not know: files, training.

import * as v from 'valibot'
import { ProblemError } from '../problem/problem.ts'

/** A decoder's shape, under the names of its config.json. */
export type DecoderConfig = {
  architecture: string
  vocab_size: number
  hidden_size: number
  intermediate_size: number
  num_hidden_layers: number
  num_attention_heads: number
  num_key_value_heads: number
  head_dim: number
  rms_norm_eps: number
  rope_theta: number
  max_position_embeddings: number
  tie_word_embeddings: boolean
  /** Biases on q, k and v, as Qwen2 has them. */
  qkvBias: boolean
  /** The embedding row that gets no gradient on the input side: torch's padding_idx, from `pad_token_id` in config.json. */
  paddingIndex: number | null
  /** Ids that end a text, as config.json names them. */
  eosTokenIds: readonly number[]
}

const whole = v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(1, 'must be at least 1'))
const tokenId = v.pipe(v.number(), v.integer(), v.minValue(0))

const common = v.object({
  architectures: v.pipe(v.array(v.string()), v.minLength(1)),
  vocab_size: whole,
  hidden_size: whole,
  intermediate_size: whole,
  num_hidden_layers: whole,
  num_attention_heads: whole,
  num_key_value_heads: v.optional(whole),
  head_dim: v.nullish(whole),
  rms_norm_eps: v.optional(v.number(), 1e-6),
  rope_theta: v.optional(v.number(), 10_000),
  max_position_embeddings: v.optional(whole, 32_768),
  tie_word_embeddings: v.optional(v.boolean(), false),
  hidden_act: v.optional(v.string(), 'silu'),
  rope_scaling: v.nullish(v.unknown()),
  use_sliding_window: v.optional(v.boolean(), false),
  attention_dropout: v.optional(v.number(), 0),
  pad_token_id: v.nullish(tokenId),
  eos_token_id: v.nullish(v.union([tokenId, v.array(tokenId)])),
})
type CommonConfig = v.InferOutput<typeof common>

/** By the name in `architectures` of config.json. */
const architectures: Readonly<Record<string, (config: CommonConfig) => DecoderConfig>> = {
  Qwen2ForCausalLM: (config) => decoderConfig(config, { qkvBias: true }),
}

/** Checks a parsed config.json. Rejects with `model.bad-config` or `model.unsupported`, naming the setting. */
export function readDecoderConfig(json: unknown): DecoderConfig {
  const parsed = v.safeParse(common, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw badConfig(v.getDotPath(issue) ?? 'the file', issue.message)
  }
  const config = parsed.output
  const name = config.architectures[0] ?? ''
  const read = Object.hasOwn(architectures, name) ? architectures[name] : undefined
  if (!read) throw unsupported('architectures', name, Object.keys(architectures).join(', '))
  if (config.hidden_act !== 'silu') throw unsupported('hidden_act', config.hidden_act, 'silu')
  if (config.rope_scaling) throw unsupported('rope_scaling', JSON.stringify(config.rope_scaling), 'none')
  if (config.use_sliding_window) throw unsupported('use_sliding_window', 'true', 'false')
  if (config.attention_dropout !== 0) throw unsupported('attention_dropout', String(config.attention_dropout), '0')
  return read(config)
}

function decoderConfig(config: CommonConfig, traits: { qkvBias: boolean }): DecoderConfig {
  const { hidden_size, num_attention_heads } = config
  const num_key_value_heads = config.num_key_value_heads ?? num_attention_heads
  const head_dim = config.head_dim ?? hidden_size / num_attention_heads
  if (num_attention_heads % num_key_value_heads !== 0) {
    throw badConfig(
      'num_attention_heads',
      `(${num_attention_heads}) is no multiple of num_key_value_heads (${num_key_value_heads})`,
    )
  }
  if (head_dim % 2 !== 0) throw badConfig('head_dim', `(${head_dim}) is not an even number`)
  return {
    architecture: config.architectures[0] ?? '',
    vocab_size: config.vocab_size,
    hidden_size,
    intermediate_size: config.intermediate_size,
    num_hidden_layers: config.num_hidden_layers,
    num_attention_heads,
    num_key_value_heads,
    head_dim,
    rms_norm_eps: config.rms_norm_eps,
    rope_theta: config.rope_theta,
    max_position_embeddings: config.max_position_embeddings,
    tie_word_embeddings: config.tie_word_embeddings,
    ...traits,
    paddingIndex: config.pad_token_id ?? null,
    eosTokenIds: [config.eos_token_id ?? []].flat(),
  }
}

function badConfig(setting: string, reason: string): ProblemError {
  return new ProblemError({ code: 'model.bad-config', values: { setting, reason }, where: 'config.json' })
}

function unsupported(setting: string, found: string, supported: string): ProblemError {
  return new ProblemError({ code: 'model.unsupported', values: { setting, found, supported }, where: 'config.json' })
}
