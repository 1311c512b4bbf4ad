// Which of a model's weights a run or a reader by plan may hold in half the memory.

import { isBf16 } from '../engine/plan/bf16.ts'
import { floatsOf, isResting, type Weight } from '../engine/weight.ts'
import type { Decoder } from '../models/decoder.ts'

/** Names of the matrices that stay as they are and lose nothing as bfloat16, as those of a checkpoint in that form do. */
export async function frozenInBf16(
  { weights }: Pick<Decoder<Weight>, 'weights'>,
  trained: Readonly<Record<string, unknown>>,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const [name, weight] of Object.entries(weights))
    if (!(name in trained) && mayBeBf16(weight.shape) && (await losesNothing(weight))) names.add(name)
  return names
}

/** Numbers that are looked at in one go: of a weight that needs all of its bits, few are read. */
const LOOKED_AT = 16_384

/** Whether a weight is the same as bfloat16. What is stored as that is not read at all. */
export async function losesNothing(weight: Weight): Promise<boolean> {
  if (isResting(weight) && weight.dtype === 'bf16') return true
  for await (const values of floatsOf(weight, LOOKED_AT)) if (!isBf16(values)) return false
  return true
}

/** What products and lookups read; norms and biases are few numbers. */
export function mayBeBf16(shape: readonly number[]): boolean {
  return shape.length === 2
}
