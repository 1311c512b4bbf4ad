// The loss of text that is never learned, measured between two steps of the run: forward and backward without an update.
// Must not know: where the text came from.

import { collate } from '../../../src/sft/batch.ts'
import type { Stepper } from '../../../src/sft/stepper.ts'

const ROWS = 8

/**
 * Nats per token, averaged over batches of 8 blocks weighted by their tokens. The stepper's gradients are overwritten, which is
 * no matter where the next step computes its own.
 */
export async function heldOutLoss(
  stepper: Pick<Stepper, 'gradients'>,
  blocks: readonly (readonly number[])[],
  { padTokenId, lengthMultiple }: { padTokenId: number; lengthMultiple: number },
): Promise<number> {
  let [sum, tokens] = [0, 0]
  for (let first = 0; first < blocks.length; first += ROWS) {
    const rows = blocks.slice(first, first + ROWS).map((ids) => ({ ids: [...ids], labels: [...ids] }))
    const batch = collate(rows, padTokenId, lengthMultiple)
    const { loss } = await stepper.gradients([batch], 0)
    sum += loss * batch.labelled
    tokens += batch.labelled
  }
  return sum / tokens
}
