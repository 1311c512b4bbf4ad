// Logits, loss and every gradient of one batch: the numbers by which an implementation is held against another.
// The loss is the model's own mean over the targets after the shift, not a training step's (that one counts labels before it).
// Must not know: where the batch comes from, where the numbers go.

import { defaultSettings } from '../config/settings.ts'
import { eagerOps } from '../engine/eager.ts'
import { scaled } from '../engine/ops/linear/composed.ts'
import { fillStates } from '../engine/plan/fill.ts'
import { scoped, type Tensor } from '../engine/tensor.ts'
import { lossAndGradients } from '../engine/training/gradients.ts'
import { type RestingTensor, restingIn, type Weight } from '../engine/weight.ts'
import { type Decoder, hiddenStates, logitsOf, lossSum, tokenBatch } from '../models/decoder.ts'
import { trainedWeights, withTrained } from '../models/held.ts'
import { IGNORED } from './example.ts'
import { frozenInBf16 } from './frozen.ts'
import { machineFor, type PlanPlace } from './placed.ts'
import { batchPlan, logitsPlan, plannedModel } from './planned.ts'

/** Rows of one length, under the names of transformers' collators. */
export type ProbeBatch = {
  input_ids: readonly (readonly number[])[]
  /** 1 for a real token, 0 for padding. */
  attention_mask: readonly (readonly number[])[]
  /** The token itself where it is learned, −100 elsewhere; not shifted. */
  labels: readonly (readonly number[])[]
}

export type Probe<W = Tensor> = {
  /** [B·T, V], also at padded positions, where they mean nothing. */
  logits: W
  /** Mean cross-entropy in nats, a scalar. */
  loss: W
  /** By the name of what is trained: every parameter, or the adapter's where the model has one. */
  gradients: Record<string, W>
}

/** One forward and one backward pass, without dropout. At least one label must have a token before it. The tensors are the caller's. */
export function probe(model: Decoder<Tensor>, batch: ProbeBatch): Probe {
  const input = tokenBatchOf(batch)
  const logits = scoped(() => logitsOf(eagerOps, model, hiddenStates(eagerOps, model, input, null).hidden))
  const learned = learnedOf(batch)
  const { loss, gradients } = lossAndGradients(trainedWeights(model), (parameters) =>
    scaled(lossSum(eagerOps, withTrained(model, parameters, null), input, learned), 1 / learned.targets.length),
  )
  return { logits, loss, gradients }
}

/** The same numbers by plan, at rest in memory. */
export async function probeByPlan(base: Decoder<Weight>, batch: ProbeBatch, place: PlanPlace): Promise<Probe<RestingTensor>> {
  const own = trainedWeights(base)
  const options = { placed: place.placed?.values ?? null }
  const { model, states, trained } = plannedModel(base, own, await frozenInBf16(base, own), options)
  const machine = await machineFor(
    place,
    [...states.map(({ value }) => value), ...trained.map(({ gradient }) => gradient)],
    defaultSettings,
  )
  await fillStates(machine, states)
  const { batch: rows, tokens, ids, positions, paddedKeys } = tokenBatchOf(batch)
  const shape = { rows, tokens, padded: paddedKeys !== null }
  const feeds = { ids, positions, ...(paddedKeys && { padding: paddedKeys }) }
  const { value: logits } = await machine.program(logitsPlan(model, shape))(feeds, {})
  const learned = learnedOf(batch)
  const count = learned.targets.length
  const step = machine.program(
    batchPlan(model, trained, { ...shape, learned: count }, { accumulate: false, checkpointing: false }),
  )
  const { loss } = await step({ ...feeds, rows: learned.rows, targets: learned.targets }, { lossFactor: 1 / count })
  if (!logits || !loss) throw new Error('the plan gave no numbers')
  const gradients: Record<string, RestingTensor> = {}
  for (const { parameter, gradient } of trained)
    gradients[parameter.name] = restingIn(await machine.read(gradient), parameter.shape)
  machine.dispose()
  return { logits: restingIn(logits, [rows * tokens, model.config.vocab_size]), loss: restingIn(loss, []), gradients }
}

/** Padding on the right needs no mask: no real token sees it. Padding on the left is told to the mask. */
function tokenBatchOf({ input_ids, attention_mask }: ProbeBatch) {
  const padded = attention_mask.map((row) => Math.max(0, row.indexOf(1)))
  return tokenBatch({
    batch: input_ids.length,
    ids: input_ids.flat(),
    paddedKeys: padded.some((count) => count > 0) ? padded : null,
  })
}

/** Positions whose next token has a label, and that label. */
export function learnedOf({ labels }: Pick<ProbeBatch, 'labels'>): { rows: number[]; targets: number[] } {
  const rows: number[] = []
  const targets: number[] = []
  let start = 0
  for (const row of labels) {
    for (const [position, label] of row.entries()) {
      if (position === 0 || label === IGNORED) continue
      rows.push(start + position - 1)
      targets.push(label)
    }
    start += row.length
  }
  return { rows, targets }
}
