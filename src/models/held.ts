// A decoder whose weights are tensors on a device: copied, freed, merged, given an adapter, and which of its tensors are trained.
// Must not know: files, the training loop.

import { withMeanRows } from '../engine/ops/embedding/grow.ts'
import { mergedWeight } from '../engine/ops/linear/composed.ts'
import { copiesOf, copyOf, disposeAll, fromValues, type Tensor } from '../engine/tensor.ts'
import { type AdapterSettings, adapterShapes, freshAdapterValues, lowRankOf, scaleOf, targetedModules } from './adapter.ts'
import type { Decoder } from './decoder.ts'

/** A model to train, and the record of its tensors that training replaces one by one; the others are frozen. */
export type Trainee = {
  model: Decoder<Tensor>
  /** The adapter's own record of weights, or the model's where it has no adapter. */
  trained: Record<string, Tensor>
}

/** A copy of the model with what training needs to change in it. */
export function traineeOf(base: Decoder<Tensor>): Trainee {
  const weights = copiesOf(base.weights)
  if (base.adapter === null) return { model: { ...base, weights }, trained: weights }
  const trained = copiesOf(base.adapter.weights)
  return { model: { ...base, weights, adapter: { ...base.adapter, weights: trained } }, trained }
}

/** The parameters that are trained: the adapter's, or all. */
export function trainedWeights({ weights, adapter }: Decoder<Tensor>): Readonly<Record<string, Tensor>> {
  return adapter ? adapter.weights : weights
}

/** The same model computing with other values of what is trained, and with its dropout where `dropoutSeed` is given. */
export function withTrained(
  model: Decoder<Tensor>,
  trained: Readonly<Record<string, Tensor>>,
  dropoutSeed: number | null,
): Decoder<Tensor> {
  const { adapter } = model
  if (adapter === null) return { ...model, weights: trained }
  const rate = adapter.settings.lora_dropout
  const dropout = dropoutSeed === null || rate === 0 ? null : { rate, seed: dropoutSeed }
  return { ...model, adapter: { ...adapter, weights: trained, dropout } }
}

/** The model with a fresh adapter beside the modules that the settings name; it computes what it did before. The weights are copies. */
export function withFreshAdapter({ config, weights }: Decoder<Tensor>, settings: AdapterSettings, seed: number): Decoder<Tensor> {
  const { modules } = targetedModules(config, settings)
  const values = freshAdapterValues(modules, settings.r, seed)
  const tensors: Record<string, Tensor> = {}
  for (const { name, shape } of adapterShapes(modules, settings.r))
    tensors[name] = fromValues(values[name] ?? new Float32Array(), shape)
  const scales = Object.fromEntries(modules.map(({ name }): [string, number] => [name, scaleOf(settings, settings.r)]))
  return { config, weights: copiesOf(weights), adapter: { settings, weights: tensors, scales, dropout: null } }
}

/** The model with at least `rows` rows of tokens, in embedding and head; the new ones are means of the old, as transformers resizes. Copies. */
export function withTokenRows({ config, weights, adapter }: Decoder<Tensor>, rows: number): Decoder<Tensor> {
  const vocab_size = Math.max(rows, config.vocab_size)
  const own = copiesOf(weights)
  for (const name of vocab_size > config.vocab_size ? ['model.embed_tokens.weight', 'lm_head.weight'] : []) {
    const before = own[name]
    if (!before) continue
    own[name] = withMeanRows(before, vocab_size)
    before.dispose()
  }
  return {
    config: { ...config, vocab_size },
    weights: own,
    adapter: adapter && { ...adapter, weights: copiesOf(adapter.weights) },
  }
}

/** The model that computes with plain weights what this one does with its adapter; its tensors are its own. */
export function merged({ config, weights, adapter }: Decoder<Tensor>): Decoder<Tensor> {
  const own: Record<string, Tensor> = {}
  for (const [name, weight] of Object.entries(weights)) {
    const lowRank = lowRankOf(adapter, name.replace(/\.weight$/, ''))
    own[name] = lowRank ? mergedWeight(weight, lowRank) : copyOf(weight)
  }
  return { config, weights: own, adapter: null }
}

/** Frees all its tensors. */
export function disposeDecoder({ weights, adapter }: Decoder<Tensor>): void {
  disposeAll(weights)
  if (adapter !== null) disposeAll(adapter.weights)
}
