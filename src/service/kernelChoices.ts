// Which kernels a GPU uses: what a trial on it found, made once and kept for the same adapter and driver.
// Must not know: how a trial is made, where it is kept.

import * as v from 'valibot'
import { choicesKey, type KernelChoices } from '../engine/ops/linear/products/choices.ts'
import { tuneProducts } from '../engine/ops/linear/products/tune.ts'
import type { KeptJson } from '../storage/keptJson.ts'

const schema = v.object({ key: v.string(), products: v.record(v.string(), v.string()) })

export async function kernelChoicesFor(device: GPUDevice, kept: KeptJson): Promise<KernelChoices> {
  const known = v.safeParse(schema, await kept.read())
  if (known.success && known.output.key === choicesKey(device)) return known.output
  const choices = await tuneProducts(device)
  await kept.write(choices)
  return choices
}
