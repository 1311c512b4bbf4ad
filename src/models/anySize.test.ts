// Decoders of every architecture in sizes that are no round numbers, with all that a configuration can ask for, against a decoder in float64:
// logits in a padded batch and through the cache, and each parameter's gradient against central differences.

import { describe, expect, it } from 'vitest'
import { type Float64Weights, float64Logits, float64Loss } from '../../test/float64Decoder.ts'
import { eagerOps } from '../engine/eager.ts'
import { onEveryBackend } from '../engine/opTable/backends.ts'
import { expectClose } from '../engine/opTable/close.ts'
import { inRows, numbersFrom, type Rows, range, rowAt, spread, sum } from '../engine/opTable/float64.ts'
import { disposeAll, fromValues, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { lossAndGradients } from '../engine/training/gradients.ts'
import { type DecoderConfig, readDecoderConfig } from './config.ts'
import { hiddenStates, type KeyValueCache, logitsOf, lossSum, tokenBatch } from './decoder.ts'
import { parameterShapes } from './parameters.ts'

const small = { vocab_size: 37, hidden_size: 10, intermediate_size: 14, num_hidden_layers: 2, head_dim: 6, rms_norm_eps: 1e-5 }
const llama3 = { rope_type: 'llama3', factor: 4, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 16 }
const cases: readonly (readonly [string, object])[] = [
  [
    'a Llama of 3 heads on 1, a bias on every layer, llama3 positions, a padding row',
    {
      ...{ ...small, model_type: 'llama', num_attention_heads: 3, num_key_value_heads: 1, attention_bias: true, mlp_bias: true },
      ...{ rope_theta: 100, rope_scaling: llama3, pad_token_id: 3 },
    },
  ],
  [
    'a Qwen3 of 5 heads on 5, biases, tied, a window in its second layer',
    {
      ...{ ...small, model_type: 'qwen3', num_attention_heads: 5, num_key_value_heads: 5, attention_bias: true },
      ...{ tie_word_embeddings: true, use_sliding_window: true, sliding_window: 3 },
      layer_types: ['full_attention', 'sliding_attention'],
    },
  ],
  [
    'a Mistral of 4 heads on 2, a window of 2, linear positions',
    {
      ...{ ...small, model_type: 'mistral', num_attention_heads: 4, num_key_value_heads: 2, sliding_window: 2 },
      rope_scaling: { type: 'linear', factor: 2.5 },
    },
  ],
  [
    'a Qwen2 of 3 heads on 3, tied, a padding row, a window from its second layer on',
    {
      ...{ ...small, model_type: 'qwen2', hidden_size: 18, head_dim: null, num_attention_heads: 3, num_key_value_heads: 3 },
      ...{ tie_word_embeddings: true, use_sliding_window: true, sliding_window: 3, max_window_layers: 1, pad_token_id: 3 },
    },
  ],
]

const sentences: readonly (readonly number[])[] = [
  [5, 36, 0, 3, 11, 20, 3],
  [36, 8, 8, 1],
]
const length = 8
const padded = tokenBatch({
  batch: 2,
  ids: sentences.flatMap((ids) => [...ids, ...range(length - ids.length).fill(2)]),
  paddedKeys: null,
})
/** Every token predicts the one behind it. */
const learned = sentences.flatMap((ids, row) => ids.slice(1).map((target, at) => ({ row, at, target })))
const batchRows = { rows: learned.map(({ row, at }) => row * length + at), targets: learned.map(({ target }) => target) }

/** Values and gradients differ by float32's rounding through two blocks. Seen on cpu, wasm and lavapipe: a third of it at most. */
const TOLERANCE = { logits: 5e-6, gradient: 1e-5 }
const WIDTH = 1e-4
const SAMPLES = 5

/** Numbers that float32 has exactly: norms about 1, all else about 0. */
function weightsOf(config: DecoderConfig): Float64Weights {
  const random = numbersFrom(17)
  return new Map(
    parameterShapes(config).map(({ name, shape }) => {
      const values = spread(
        shape.reduce((a, b) => a * b, 1),
        random,
      ).map((value) => Math.fround(name.endsWith('norm.weight') ? 1 + 0.3 * value : 0.4 * value))
      return [name, inRows(values, shape.at(-1) ?? 1)]
    }),
  )
}

function onDevice(config: DecoderConfig, weights: Float64Weights): Record<string, Tensor> {
  const shapes = new Map(parameterShapes(config).map(({ name, shape }) => [name, shape]))
  return Object.fromEntries(
    [...weights].map(([name, rows]): [string, Tensor] => [
      name,
      fromValues(Float32Array.from(rows.flat()), shapes.get(name) ?? []),
    ]),
  )
}

const embeddingOf = (weights: Float64Weights): Rows => weights.get('model.embed_tokens.weight') ?? []
const logitsAlone = (config: DecoderConfig, weights: Float64Weights, ids: readonly number[]) =>
  float64Logits(config, weights, ids, embeddingOf(weights))

describe.each(cases)('%s', (_name, json) => {
  const config = readDecoderConfig(json)
  const weights = weightsOf(config)
  const model = (tensors: Readonly<Record<string, Tensor>>) => ({ config, weights: tensors, adapter: null })

  /** Logits of some positions of a pass, row by row. */
  async function logitsAt(logits: Tensor, positions: readonly number[]): Promise<number[]> {
    const rows = inRows([...(await toValues(logits))], config.vocab_size)
    return positions.flatMap((at) => [...rowAt(rows, at)])
  }

  onEveryBackend(() => {
    it.each(['right', 'left'] as const)('has its logits in a batch that is padded on the %s', async (side) => {
      const tensors = onDevice(config, weights)
      const gaps = sentences.map((ids) => length - ids.length)
      const left = tokenBatch({
        batch: 2,
        ids: sentences.flatMap((ids, row) => [...range(gaps[row] ?? 0).fill(2), ...ids]),
        paddedKeys: gaps,
      })
      const input = side === 'left' ? left : padded
      const logits = scoped(() => logitsOf(eagerOps, model(tensors), hiddenStates(eagerOps, model(tensors), input, null).hidden))
      for (const [row, ids] of sentences.entries()) {
        const from = row * length + (side === 'left' ? (gaps[row] ?? 0) : 0)
        const got = await logitsAt(
          logits,
          range(ids.length).map((at) => from + at),
        )
        expectClose(got, logitsAlone(config, weights, ids).flat(), TOLERANCE.logits, `row ${row}`)
      }
      logits.dispose()
      disposeAll(tensors)
    })

    it('has the same through the cache, token by token', async () => {
      const tensors = onDevice(config, weights)
      const [ids = []] = sentences
      const got: number[] = []
      let cache: KeyValueCache<Tensor> | null = null
      for (const id of ids) {
        const pass: { hidden: Tensor; cache: KeyValueCache<Tensor> } = hiddenStates(
          eagerOps,
          model(tensors),
          tokenBatch({ batch: 1, ids: [id], paddedKeys: null }, got.length / config.vocab_size),
          cache,
        )
        const logits = logitsOf(eagerOps, model(tensors), pass.hidden)
        got.push(...(await logitsAt(logits, [0])))
        cache = pass.cache
      }
      expectClose(got, logitsAlone(config, weights, ids).flat(), TOLERANCE.logits, 'logits')
      disposeAll(tensors)
    })

    it('has the gradients of its loss', async () => {
      const tensors = onDevice(config, weights)
      const { loss, gradients } = lossAndGradients(tensors, (own) => lossSum(eagerOps, model(own), padded, batchRows))
      expect(Object.keys(gradients).sort()).toEqual(Object.keys(tensors).sort())
      expectClose([...(await toValues(loss))], [lossOf(weights, weights)], TOLERANCE.logits, 'loss')
      const random = numbersFrom(5)
      for (const [name, gradient] of Object.entries(gradients)) {
        const values = await toValues(gradient)
        const sampled = range(SAMPLES).map(() => Math.floor(random() * values.length))
        const found = sampled.map((at) => values[at] ?? Number.NaN)
        expectClose(
          found,
          sampled.map((at) => centralDifference(name, at)),
          TOLERANCE.gradient,
          name,
        )
      }
      disposeAll(gradients)
      disposeAll(tensors)
      loss.dispose()
    })
  })

  /** The sum of the losses; the padding row is looked up in `still`, because it has no gradient on the input side. */
  function lossOf(moved: Float64Weights, still: Float64Weights): number {
    const embedded = embeddingOf(moved).map((row, id) => (id === config.paddingIndex ? rowAt(embeddingOf(still), id) : row))
    const logits = sentences.map((ids) => float64Logits(config, moved, ids, embedded))
    return sum(learned.map(({ row, at, target }) => float64Loss(rowAt(logits[row] ?? [], at), target)))
  }

  function centralDifference(name: string, element: number): number {
    const rows = weights.get(name) ?? []
    const width = rows[0]?.length ?? 1
    const lossAt = (shift: number) => {
      const moved = rows.map((row, at) => row.map((value, column) => (at * width + column === element ? value + shift : value)))
      return lossOf(new Map([...weights, [name, moved]]), weights)
    }
    return (lossAt(WIDTH) - lossAt(-WIDTH)) / (2 * WIDTH)
  }
})
