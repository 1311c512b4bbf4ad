// Puts weights into a machine's states, wherever they are held: those at rest piece by piece, so that none is in the heap whole.

import { toValues } from '../tensor.ts'
import { isResting, PIECE_ELEMENTS, type Weight } from '../weight.ts'
import type { PlanMachine } from './target.ts'
import type { Value } from './values.ts'

/** Each state gets the numbers of its weight, one after the other. */
export async function fillStates(machine: PlanMachine, states: readonly { value: Value; weight: Weight }[]): Promise<void> {
  for (const { value, weight } of states) {
    if (!isResting(weight)) {
      machine.write(value, await toValues(weight))
      continue
    }
    let from = 0
    for await (const piece of weight.pieces(PIECE_ELEMENTS, true)) {
      await machine.writePiece(value, from, piece)
      from += piece.dtype === 'bf16' ? piece.halves.length : piece.values.length
    }
  }
}
