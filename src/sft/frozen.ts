// Which of a model's weights a run or a reader by plan may hold in half the memory.

import { isBf16 } from '../engine/plan/bf16.ts'
import { type Tensor, toValues } from '../engine/tensor.ts'
import type { Decoder } from '../models/decoder.ts'

/** Names of the matrices that stay as they are and lose nothing as bfloat16, as those of a checkpoint in that form do. */
export async function frozenInBf16(
  { weights }: Decoder<Tensor>,
  trained: Readonly<Record<string, unknown>>,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const [name, weight] of Object.entries(weights))
    if (!(name in trained) && mayBeBf16(weight.shape) && isBf16(await toValues(weight))) names.add(name)
  return names
}

/** What products and lookups read; norms and biases are few numbers. */
export function mayBeBf16(shape: readonly number[]): boolean {
  return shape.length === 2
}
