// A decoder of the Llama family in float64, written token by token from the definitions, to hold the real one against.
// Slow and plain on purpose: it shares nothing with src/models but the configuration and the frequencies of the rotary embedding.

import { dot, type Rows, range, rowAt, softmax, sum, weightedSum } from '../src/engine/opTable/float64.ts'
import type { DecoderConfig } from '../src/models/config.ts'
import { inverseFrequencies } from '../src/models/rope.ts'

/** Matrices row by row, vectors as one row, by their names in the checkpoint. */
export type Float64Weights = ReadonlyMap<string, Rows>

type Row = readonly number[]

/** Logits of every token of one row, [T, V]. `embedded` are the rows that the ids are looked up in. */
export function float64Logits(config: DecoderConfig, weights: Float64Weights, ids: readonly number[], embedded: Rows): Rows {
  let stream: Rows = ids.map((id) => rowAt(embedded, id))
  for (const layer of range(config.num_hidden_layers)) {
    const own = (part: string) => weightOf(weights, `model.layers.${layer}.${part}`)
    const x = stream.map((row) => norm(row, own('input_layernorm.weight'), config))
    stream = added(stream, attention(config, layer, own, x))
    const y = stream.map((row) => norm(row, own('post_attention_layernorm.weight'), config))
    stream = added(stream, feedForward(config, own, y))
  }
  const head = weightOf(weights, config.tie_word_embeddings ? 'model.embed_tokens.weight' : 'lm_head.weight')
  return stream.map((row) => linear(norm(row, weightOf(weights, 'model.norm.weight'), config), head, null))
}

/** −log of the probability of `target`, in nats. */
export const float64Loss = (logits: Row, target: number): number => -Math.log(softmax(logits)[target] ?? Number.NaN)

function attention(config: DecoderConfig, layer: number, own: (part: string) => Rows, x: Rows): Rows {
  const { num_attention_heads: heads, num_key_value_heads: keyHeads, head_dim: size, biases } = config
  const window = config.slidingWindows[layer] ?? Number.POSITIVE_INFINITY
  const projected = (part: string, count: number) =>
    x.map((row) => {
      const whole = linear(row, own(`${part}.weight`), biases.qkv ? own(`${part}.bias`) : null)
      return range(count).map((head) => whole.slice(head * size, (head + 1) * size))
    })
  const placed = (part: string, normed: string, count: number) =>
    projected(part, count).map((row, position) =>
      row.map((head) => rotated(config.qkNorm ? norm(head, own(normed), config) : head, position, config)),
    )
  const q = placed('self_attn.q_proj', 'self_attn.q_norm.weight', heads)
  const k = placed('self_attn.k_proj', 'self_attn.k_norm.weight', keyHeads)
  const v = projected('self_attn.v_proj', keyHeads)
  return x.map((_, at) => {
    const seen = range(at + 1).filter((key) => at - key < window)
    const joined = range(heads).flatMap((head) => {
      const keyHead = Math.floor(head / (heads / keyHeads))
      const scores = seen.map((key) => dot(rowAt(q[at] ?? [], head), rowAt(k[key] ?? [], keyHead)) / Math.sqrt(size))
      return weightedSum(
        softmax(scores),
        seen.map((key) => rowAt(v[key] ?? [], keyHead)),
      )
    })
    return linear(joined, own('self_attn.o_proj.weight'), biases.o ? own('self_attn.o_proj.bias') : null)
  })
}

function feedForward({ biases }: DecoderConfig, own: (part: string) => Rows, x: Rows): Rows {
  const layer = (part: string, row: Row) => linear(row, own(`${part}.weight`), biases.mlp ? own(`${part}.bias`) : null)
  return x.map((row) => {
    const up = layer('mlp.up_proj', row)
    const gated = layer('mlp.gate_proj', row).map((gate, at) => (gate / (1 + Math.exp(-gate))) * (up[at] ?? 0))
    return layer('mlp.down_proj', gated)
  })
}

/** Element i turns with element i + size/2. */
function rotated(head: Row, position: number, config: DecoderConfig): Row {
  const half = head.length / 2
  const frequencies = inverseFrequencies(config)
  return head.map((value, at) => {
    const angle = position * (frequencies[at % half] ?? Number.NaN)
    const partner = at < half ? -(head[at + half] ?? 0) : (head[at - half] ?? 0)
    return value * Math.cos(angle) + partner * Math.sin(angle)
  })
}

function norm(row: Row, [weight = []]: Rows, { rms_norm_eps }: DecoderConfig): Row {
  const rms = Math.sqrt(sum(row.map((value) => value * value)) / row.length + rms_norm_eps)
  return row.map((value, at) => (value / rms) * (weight[at] ?? Number.NaN))
}

const linear = (x: Row, weight: Rows, bias: Rows | null): Row =>
  weight.map((row, at) => dot(x, row) + (bias === null ? 0 : (rowAt(bias, 0)[at] ?? Number.NaN)))

const added = (a: Rows, b: Rows): Rows => a.map((row, at) => row.map((value, column) => value + (b[at]?.[column] ?? Number.NaN)))

function weightOf(weights: Float64Weights, name: string): Rows {
  const rows = weights.get(name)
  if (!rows) throw new Error(`the float64 decoder asks for ${name}`)
  return rows
}
