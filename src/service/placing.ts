// A large model's weights are brought to the kernels once: runs with LoRA, writing, scoring and probing share them.
// Small ones are not worth it: each gets its own in a few milliseconds, with as few threads as pay.

import type { Weight } from '../engine/weight.ts'
import type { Decoder } from '../models/decoder.ts'
import { isPlaced, type PlacedWeights, placeWeights } from '../sft/placed.ts'
import type { Studio } from './studio.ts'

type Placing = Pick<Studio, 'target' | 'model' | 'placed'>

/** The base model's weights on the target's machine, where this model computes with them and they are large; else null. */
export async function placedFor(studio: Placing, decoder: Decoder<Weight>): Promise<PlacedWeights | null> {
  const { target, model } = studio
  if (target === null || model === null || model.keptBytes > 0) return null
  const { base } = model.slots
  const isBase = Object.entries(decoder.weights).every(([name, weight]) => base.weights[name] === weight)
  if (!isBase) return null
  if (studio.placed !== null && isPlaced(studio.placed, decoder.weights)) return studio.placed
  forgetPlaced(studio)
  studio.placed = await placeWeights(target, base)
  return studio.placed
}

/** Frees them; they are placed again when somebody needs them. */
export function forgetPlaced(studio: Pick<Studio, 'placed'>): void {
  studio.placed?.machine.dispose()
  studio.placed = null
}

/** What a machine may keep beside the weights when a run is over. */
const LARGEST_REST = 2 ** 28

/** A memory does not shrink, and a run's may be much more than its weights: then it is given up whole. */
export function forgetGrown(studio: Pick<Studio, 'placed'>): void {
  if (studio.placed === null) return
  const { machine, of } = studio.placed
  const weights = Object.values(of).reduce((sum, weight) => sum + 2 * weight.size, 0)
  if (machine.bytes() > weights + LARGEST_REST) forgetPlaced(studio)
}
