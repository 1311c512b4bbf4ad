// Which kernels a GPU uses: what a trial on it found, kept as JSON where the host has a place for it.
// Must not know: how a trial is made, what it compares.

import * as v from 'valibot'
import type { KernelChoices } from '../engine/ops/linear/products/choices.ts'
import { choicesFor } from '../engine/ops/linear/products/tune.ts'
import type { KeptJson } from '../storage/keptJson.ts'

const schema = v.object({ key: v.string(), products: v.record(v.string(), v.string()) })

/** Makes the trial where nothing of use was kept for this device. */
export function kernelChoicesFor(device: GPUDevice, kept: KeptJson): Promise<KernelChoices> {
  return choicesFor(device, {
    read: async () => {
      const known = v.safeParse(schema, await kept.read())
      return known.success ? known.output : null
    },
    write: kept.write,
  })
}
