// Records that are held out: which they are, their loss between two steps, and what a run makes of that loss
// (the best weights kept, an early end, the epoch from which on the two curves part).
// Must not know: where records come from, what computes a loss.

import { shuffledIndices } from '../config/random.ts'
import type { Settings } from '../config/settings.ts'
import { isResting, restingIn, valuesOf, type Weight } from '../engine/weight.ts'
import type { BestEpoch, EpochMean } from '../protocol/train.ts'
import { collate } from './batch.ts'
import { type Example, learnedTokens } from './example.ts'
import type { Stepper } from './stepper.ts'

/** Rows are padded to a multiple of it, so that few plans are laid out. */
const LENGTH_MULTIPLE = 16

/** As many as datasets' train_test_split holds out of `usable`: a share is rounded up. */
export function heldOutCount(usable: number, test_size: number): number {
  return test_size < 1 ? Math.ceil(usable * test_size) : test_size
}

/**
 * Which records are held out. All of the data set's are shuffled, so that leaving one out changes the choice of one at the most.
 * @param records how many the data set has
 * @param mayBe whether the one at this place can be held out; it is no choice where it is not used, or repeats one that is learned
 */
export function heldOutPlaces(
  records: number,
  mayBe: (place: number) => boolean,
  count: number,
  seed: number,
): ReadonlySet<number> {
  return new Set(shuffledIndices(records, seed).filter(mayBe).slice(0, count))
}

/**
 * Nats per learned token: the cross-entropies of all of them ÷ their number, whatever the batches. Trainer's eval_loss is a mean of its
 * batches' means; with one batch the two are the same.
 * @param between called after each batch
 */
export async function heldOutLoss(
  stepper: Pick<Stepper, 'lossSum'>,
  examples: readonly Pick<Example, 'ids' | 'labels'>[],
  { rows, padTokenId, lengthMultiple = LENGTH_MULTIPLE }: { rows: number; padTokenId: number; lengthMultiple?: number },
  between: () => Promise<void> = async () => undefined,
): Promise<number> {
  // Of like length, so that little is padded.
  const sorted = [...examples].sort((one, other) => one.ids.length - other.ids.length)
  let [sum, tokens] = [0, 0]
  for (let first = 0; first < sorted.length; first += rows) {
    const batch = collate(sorted.slice(first, first + rows), padTokenId, lengthMultiple)
    if (batch.learned.targets.length === 0) continue
    sum += await stepper.lossSum(batch)
    tokens += batch.learned.targets.length
    await between()
  }
  return sum / tokens
}

/** The most that a batch of them comes to, padded as `heldOutLoss` pads. */
export function largestBatch(examples: readonly Example[], batchSize: number): { rows: number; length: number; learned: number } {
  const rows = Math.min(batchSize, examples.length)
  const most = (of: (example: Example) => number) => examples.reduce((count, example) => Math.max(count, of(example)), 1)
  const length = Math.ceil(most(({ ids }) => ids.length) / LENGTH_MULTIPLE) * LENGTH_MULTIPLE
  return { rows, length, learned: rows * most(learnedTokens) }
}

type Measured = Omit<BestEpoch, 'restored'>

export type HeldOutWatch = {
  /** Hears of a held-out loss whose weights the trainee's tensors hold. `stop`: none of the last epochs, as many as the patience, brought a lower one. */
  heard: (at: Measured) => Promise<{ stop: boolean }>
  best: () => Measured | null
  /** Puts the best epoch's weights into the trainee, where they are kept; whether there were any. The stepper must be disposed. */
  restoreBest: () => boolean
  dispose: () => void
}

/** @param trained the trainee's record of weights */
export function heldOutWatch(
  trained: Record<string, Weight>,
  { load_best_model_at_end, early_stopping_patience }: Pick<Settings, 'load_best_model_at_end' | 'early_stopping_patience'>,
): HeldOutWatch {
  let best: Measured | null = null
  let weights: Record<string, Weight> | null = null
  let worse = 0
  const forget = () => {
    for (const weight of Object.values(weights ?? {})) weight.dispose()
    weights = null
  }
  return {
    heard: async (at) => {
      if (best === null || at.evalLoss < best.evalLoss) {
        best = at
        worse = 0
        forget()
        if (load_best_model_at_end) weights = await keptFrom(trained)
      } else worse++
      return { stop: early_stopping_patience !== null && worse >= early_stopping_patience }
    },
    best: () => best,
    restoreBest: () => {
      if (weights === null) return false
      for (const weight of Object.values(trained)) weight.dispose()
      Object.assign(trained, weights)
      weights = null
      return true
    },
    dispose: forget,
  }
}

/** Copies. One that rests may be read from where it is still trained, so its numbers are taken now. */
async function keptFrom(trained: Readonly<Record<string, Weight>>): Promise<Record<string, Weight>> {
  const kept: Record<string, Weight> = {}
  for (const [name, weight] of Object.entries(trained))
    kept[name] = isResting(weight) ? restingIn(await valuesOf(weight), weight.shape) : weight.clone()
  return kept
}

/** Epochs that must all have done worse than the best one before the curves are said to part: one alone may be chance. */
const PARTED_EPOCHS = 2

/**
 * The first epoch from which on the held-out loss has risen while that of training fell: what it learns from there on is the records themselves.
 * null: the curves go together.
 */
export function partedFrom(epochs: readonly Pick<EpochMean, 'epoch' | 'meanLoss' | 'evalLoss'>[]): number | null {
  const measured = epochs.flatMap(({ epoch, meanLoss, evalLoss }) => (evalLoss === null ? [] : [{ epoch, meanLoss, evalLoss }]))
  const least = Math.min(...measured.map(({ evalLoss }) => evalLoss))
  const at = measured.findIndex(({ evalLoss }) => evalLoss === least)
  const [best, last] = [measured[at], measured.at(-1)]
  const since = measured.slice(at + 1)
  if (!best || !last || since.length < PARTED_EPOCHS || last.meanLoss >= best.meanLoss || last.evalLoss <= least) return null
  return since[0]?.epoch ?? null
}
