// Training by plan: the plans of a model's step, one for each shape of a micro-batch, and the states that they share.
// Must not know: the target that runs them.

import { planBuilder } from '../engine/plan/builder.ts'
import {
  type BackwardOptions,
  backwardPlan,
  type ClipState,
  forwardPlan,
  type LossOf,
  type Plan,
  type TrainedState,
} from '../engine/plan/training.ts'
import { bytesOf, type Value } from '../engine/plan/values.ts'
import {
  type Decoder,
  hiddenStates,
  type KeyValueCache,
  logitsOf,
  lossSum,
  type TokenBatch,
  type Weights,
} from '../models/decoder.ts'
import { decays } from '../models/parameters.ts'

/** What a plan needs of a weight; a tensor is one. */
type Shaped = { shape: readonly number[] }

export type PlannedModel<W extends Shaped> = {
  model: Decoder<Value>
  trained: readonly TrainedState[]
  clip: ClipState
  /** The states that begin as weights, the adapter's among them. Gradients need no beginning, moments begin at zero. */
  states: readonly { value: Value; weight: W }[]
}

const LARGEST_KEPT = 2 ** 28

export type PlannedOptions = {
  /** Bytes of what is trained up to which it is kept as it was before the last update; of more, that is worked out when it is wanted. */
  largestKept?: number | undefined
  /** States that hold the frozen weights already: there are none made for them. */
  placed?: Weights<Value> | null
}

/**
 * A model with a state of the plans in the place of each weight.
 * @param trained by name, those that training moves
 * @param bf16 names of frozen matrices that are held in bfloat16
 */
export function plannedModel<W extends Shaped>(
  model: Decoder<W>,
  trained: Readonly<Record<string, W>>,
  bf16: ReadonlySet<string>,
  { largestKept = LARGEST_KEPT, placed = null }: PlannedOptions = {},
): PlannedModel<W> {
  const build = planBuilder()
  const states: { value: Value; weight: W }[] = []
  const statesOf = (weights: Readonly<Record<string, W>>) =>
    Object.fromEntries(
      Object.entries(weights).map(([name, weight]): [string, Value] => {
        const value = build.state(name, weight.shape, bf16.has(name) && !(name in trained) ? 'bf16' : 'f32')
        states.push({ value, weight })
        return [name, value]
      }),
    )
  const { config, adapter } = model
  const weights = placed ?? statesOf(model.weights)
  const rate = adapter?.settings.lora_dropout ?? 0
  // Which elements a step drops follows from its own seed, the scalar `dropoutSeed`.
  const dropout = rate === 0 ? null : { rate, seed: 0 }
  const planned = { config, weights, adapter: adapter && { ...adapter, weights: statesOf(adapter.weights), dropout } }
  const parameters = Object.entries(planned.adapter?.weights ?? weights).filter(([name]) => name in trained)
  const keeps = parameters.reduce((sum, [, parameter]) => sum + bytesOf(parameter), 0) <= largestKept
  return {
    model: planned,
    states,
    clip: { norm: build.state('norm', [1]), factor: build.state('clip factor', [1]) },
    trained: parameters.map(([name, parameter]) => ({
      parameter,
      gradient: build.state(`d ${name}`, parameter.shape),
      first: build.state(`m ${name}`, parameter.shape),
      second: build.state(`v ${name}`, parameter.shape),
      before: keeps ? build.state(`${name} before`, parameter.shape) : null,
      decays: decays(name),
    })),
  }
}

export type BatchShape = {
  rows: number
  tokens: number
  learned: number
  /** Whether rows are padded on the left. */
  padded?: boolean
  /** Whether rows hold several texts. */
  packed?: boolean
}

type Feed = (name: string, length: number) => Value

function inputOf({ rows, tokens, padded, packed }: Omit<BatchShape, 'learned'>, feed: Feed): TokenBatch<Value> {
  return {
    batch: rows,
    tokens,
    ids: feed('ids', rows * tokens),
    positions: feed('positions', rows * tokens),
    paddedKeys: padded ? feed('padding', rows) : null,
    begins: packed ? feed('begins', rows * tokens) : null,
  }
}

/** The logits of every token, [B·T, V]. Feeds: ids, positions, and where rows are padded on the left padding. */
export function logitsPlan(model: Decoder<Value>, shape: Omit<BatchShape, 'learned'>): Plan {
  return forwardPlan((ops, feed) => logitsOf(ops, model, hiddenStates(ops, model, inputOf(shape, feed), null).hidden), {
    cached: false,
  })
}

/** Forward and backward over a batch of `rows` rows of `tokens` tokens with `learned` targets. Feeds: ids, positions, rows, targets (padding, begins). */
export function batchPlan(
  model: Decoder<Value>,
  trained: readonly TrainedState[],
  shape: BatchShape,
  options: BackwardOptions,
): Plan {
  return backwardPlan(lossOf(model, shape), trained, options)
}

/** Forward alone, without dropout: the sum of the cross-entropies times the scalar `lossFactor`. Feeds as `batchPlan`. */
export function lossPlan(model: Decoder<Value>, shape: BatchShape): Plan {
  const { adapter } = model
  const plain = { ...model, adapter: adapter && { ...adapter, dropout: null } }
  return forwardPlan(lossOf(plain, shape), { cached: false })
}

function lossOf(model: Decoder<Value>, shape: BatchShape): LossOf {
  return (ops, feed) => {
    const { learned } = shape
    return lossSum(ops, model, inputOf(shape, feed), { rows: feed('rows', learned), targets: feed('targets', learned) })
  }
}

/** Caches of a model's blocks for `rows` rows of up to `capacity` tokens. */
export function plannedCaches({ config }: Decoder<Value>, rows: number, capacity: number): KeyValueCache<Value>['blocks'] {
  const build = planBuilder()
  const shape = [rows, config.num_key_value_heads, capacity, config.head_dim]
  return config.slidingWindows.map((_, layer) => ({
    keys: build.state(`keys of layer ${layer}`, shape),
    values: build.state(`values of layer ${layer}`, shape),
  }))
}

/** The logits of each row's newest token, [B, V], of `tokens` tokens a row put behind those that the caches hold. Feeds: ids, positions, held, rows (padding). */
export function writingPlan(
  model: Decoder<Value>,
  shape: Omit<BatchShape, 'learned'>,
  blocks: KeyValueCache<Value>['blocks'],
): Plan {
  const capacity = blocks[0]?.keys.shape[2] ?? 0
  return forwardPlan(
    (ops, feed) => {
      // How many keys there are is known when it runs; as many as there is room for decides whether a window matters.
      const cache = { tokens: capacity - shape.tokens, blocks }
      const { hidden } = hiddenStates(ops, model, inputOf(shape, feed), cache)
      return logitsOf(ops, model, ops.takeRows(hidden, feed('rows', shape.rows)))
    },
    { cached: true },
  )
}
