// Training by plan: the plans of a model's step, one for each shape of a micro-batch, and the states that they share.
// Must not know: the target that runs them.

import { planBuilder } from '../engine/plan/builder.ts'
import { backwardPlan, type ClipState, type Plan, type TrainedState } from '../engine/plan/training.ts'
import type { Value } from '../engine/plan/values.ts'
import type { Tensor } from '../engine/tensor.ts'
import { type Decoder, lossSum } from '../models/decoder.ts'
import type { Trainee } from '../models/held.ts'
import { decays } from '../models/parameters.ts'

export type PlannedModel = {
  model: Decoder<Value>
  trained: readonly TrainedState[]
  clip: ClipState
  /** The states that begin as tensors: all weights, the adapter's among them. Gradients need no beginning, moments begin at zero. */
  states: readonly { value: Value; tensor: Tensor }[]
}

/** A trainee with a state of the plans in the place of each tensor. */
export function plannedModel({ model, trained }: Trainee): PlannedModel {
  const build = planBuilder()
  const states: { value: Value; tensor: Tensor }[] = []
  const statesOf = (weights: Readonly<Record<string, Tensor>>) =>
    Object.fromEntries(
      Object.entries(weights).map(([name, tensor]): [string, Value] => {
        const value = build.state(name, tensor.shape)
        states.push({ value, tensor })
        return [name, value]
      }),
    )
  const { config, adapter } = model
  const weights = statesOf(model.weights)
  const rate = adapter?.settings.lora_dropout ?? 0
  // Which elements a step drops follows from its own seed, the scalar `dropoutSeed`.
  const dropout = rate === 0 ? null : { rate, seed: 0 }
  const planned = { config, weights, adapter: adapter && { ...adapter, weights: statesOf(adapter.weights), dropout } }
  const parameters = Object.entries(planned.adapter?.weights ?? weights).filter(([name]) => name in trained)
  return {
    model: planned,
    states,
    clip: { norm: build.state('norm', [1]), factor: build.state('clip factor', [1]) },
    trained: parameters.map(([name, parameter]) => ({
      parameter,
      gradient: build.state(`d ${name}`, parameter.shape),
      first: build.state(`m ${name}`, parameter.shape),
      second: build.state(`v ${name}`, parameter.shape),
      decays: decays(name),
    })),
  }
}

export type BatchShape = { rows: number; tokens: number; learned: number }

/** Forward and backward over a batch of `rows` rows of `tokens` tokens with `learned` targets. Feeds: ids, positions, rows, targets. */
export function batchPlan(model: Decoder<Value>, trained: readonly TrainedState[], shape: BatchShape, accumulate: boolean): Plan {
  return backwardPlan(
    (ops, feed) => {
      const { rows, tokens, learned } = shape
      const input = {
        batch: rows,
        tokens,
        ids: feed('ids', rows * tokens),
        positions: feed('positions', rows * tokens),
        paddedKeys: null,
      }
      return lossSum(ops, model, input, { rows: feed('rows', learned), targets: feed('targets', learned) })
    },
    trained,
    accumulate,
  )
}
