// A decoder whose weights are held, on a device or at rest: copied, freed, merged, given an adapter, and which of them are trained.
// Of weights at rest nothing is computed here: what is made of them is at rest too, and worked out when it is asked for.
// Must not know: files, the training loop.

import { withMeanRows } from '../engine/ops/embedding/grow.ts'
import { mergedWeight } from '../engine/ops/linear/composed.ts'
import type { LowRank } from '../engine/ops.ts'
import { disposeAll, fromValues, type Tensor, toValues } from '../engine/tensor.ts'
import { isResting, onDevice, restingLater, type Weight } from '../engine/weight.ts'
import { type AdapterSettings, adapterShapes, freshAdapterValues, lowRankOf, scaleOf, targetedModules } from './adapter.ts'
import { type Decoder, mapWeights } from './decoder.ts'

/** A model to train, and the record of its weights that training replaces one by one; the others are frozen. */
export type Trainee<W = Tensor> = {
  model: Decoder<W>
  /** The adapter's own record of weights, or the model's where it has no adapter. */
  trained: Record<string, W>
}

type Held<W> = { clone: () => W; dispose: () => void }

/** A copy of each, which shares its numbers until one of the two is replaced. */
function copiesOf<W extends Held<W>>(weights: Readonly<Record<string, W>>): Record<string, W> {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, weight.clone()]))
}

/** A copy of the model with what training needs to change in it. */
export function traineeOf<W extends Held<W>>(base: Decoder<W>): Trainee<W> {
  const weights = copiesOf(base.weights)
  if (base.adapter === null) return { model: { ...base, weights }, trained: weights }
  const trained = copiesOf(base.adapter.weights)
  return { model: { ...base, weights, adapter: { ...base.adapter, weights: trained } }, trained }
}

/** The parameters that are trained: the adapter's, or all. */
export function trainedWeights<W>({ weights, adapter }: Decoder<W>): Readonly<Record<string, W>> {
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
export function withFreshAdapter<W extends Held<W>>(
  { config, weights }: Decoder<W>,
  settings: AdapterSettings,
  seed: number,
): Decoder<W | Tensor> {
  const { modules } = targetedModules(config, settings)
  const values = freshAdapterValues(modules, settings.r, seed)
  const tensors: Record<string, Tensor> = {}
  for (const { name, shape } of adapterShapes(modules, settings.r))
    tensors[name] = fromValues(values[name] ?? new Float32Array(), shape)
  const scales = Object.fromEntries(modules.map(({ name }): [string, number] => [name, scaleOf(settings, settings.r)]))
  return { config, weights: copiesOf(weights), adapter: { settings, weights: tensors, scales, dropout: null } }
}

/** The model with at least `rows` rows of tokens, in embedding and head; the new ones are means of the old, as transformers resizes. Copies. */
export function withTokenRows({ config, weights, adapter }: Decoder<Weight>, rows: number): Decoder<Weight> {
  const vocab_size = Math.max(rows, config.vocab_size)
  const own = copiesOf(weights)
  for (const name of vocab_size > config.vocab_size ? ['model.embed_tokens.weight', 'lm_head.weight'] : []) {
    const before = own[name]
    if (!before) continue
    own[name] = grown(before, vocab_size)
    before.dispose()
  }
  return {
    config: { ...config, vocab_size },
    weights: own,
    adapter: adapter && { ...adapter, weights: copiesOf(adapter.weights) },
  }
}

function grown(weight: Weight, rows: number): Weight {
  if (!isResting(weight)) return withMeanRows(weight, rows)
  const [, ...width] = weight.shape
  return restingLater([rows, ...width], async () => {
    const before = await onDevice(weight)
    return taken(withMeanRows(before, rows), [before])
  })
}

/**
 * The model that computes with plain weights what this one does with its adapter. Tensors are its own; what rests reads the adapter
 * when it is asked for, so that must live as long.
 */
export function merged(decoder: Decoder<Tensor>): Decoder<Tensor>
export function merged(decoder: Decoder<Weight>): Decoder<Weight>
export function merged({ config, weights, adapter }: Decoder<Weight>): Decoder<Weight> {
  const own: Record<string, Weight> = {}
  for (const [name, weight] of Object.entries(weights)) {
    const lowRank = lowRankOf(adapter, name.replace(/\.weight$/, ''))
    own[name] = lowRank ? withUpdate(weight, lowRank) : isResting(weight) ? weight : weight.clone()
  }
  return { config, weights: own, adapter: null }
}

/** One parameter as it is in the merged model, at rest. */
export function mergedParameter({ weights, adapter }: Decoder<Weight>, name: string): Weight {
  const weight = weights[name]
  if (!weight) throw new Error(`${name} is missing`)
  const lowRank = lowRankOf(adapter, name.replace(/\.weight$/, ''))
  return lowRank ? updatedLater(weight, lowRank) : weight
}

function withUpdate(weight: Weight, { a, b, scale }: Omit<LowRank<Weight>, 'dropout'>): Weight {
  if (!isResting(weight) && !isResting(a) && !isResting(b)) return mergedWeight(weight, { a, b, scale })
  return updatedLater(weight, { a, b, scale })
}

function updatedLater(weight: Weight, { a, b, scale }: Omit<LowRank<Weight>, 'dropout'>): Weight {
  return restingLater(weight.shape, async () => {
    const [whole, down, up] = [await onDevice(weight), await onDevice(a), await onDevice(b)]
    return taken(mergedWeight(whole, { a: down, b: up, scale }), [whole, down, up])
  })
}

/** The numbers of a tensor; it is freed, and so is what it was made of. */
async function taken(tensor: Tensor, from: readonly Tensor[]): Promise<Float32Array<ArrayBuffer>> {
  const values = Float32Array.from(await toValues(tensor))
  disposeAll([tensor, ...from])
  return values
}

/** The same model on the device in use: its tensors are copies, the caller's to dispose. */
export function decoderOnDevice(decoder: Decoder<Weight>): Promise<Decoder<Tensor>> {
  return mapWeights(decoder, onDevice)
}

/** Frees all its tensors. */
export function disposeDecoder({ weights, adapter }: Decoder<Held<unknown>>): void {
  disposeAll(weights)
  if (adapter !== null) disposeAll(adapter.weights)
}
