// How large what is saved will be, before it is written: the weights in their dtype, and what goes along unchanged.
// config.json and the run's history come on top; beside weights they are nothing.

import type { Settings } from '../../config/settings.ts'
import type { ModelSummary, SaveForm } from '../../protocol/model.ts'
import { trainedParameters } from '../../session/trained.ts'

type StoredDtype = 'F32' | 'F16' | 'BF16'

const bytesOf: Readonly<Record<StoredDtype, number>> = { F32: 4, F16: 2, BF16: 2 }

/** What "as the checkpoint" writes: a checkpoint of mixed or other dtypes is written in F32. */
export function storedDtype({ dtype }: Pick<ModelSummary, 'dtype'>): StoredDtype {
  return dtype === 'F16' || dtype === 'BF16' ? dtype : 'F32'
}

export function savedBytes(summary: ModelSummary, lora: Settings['lora'], form: SaveForm): number {
  if (form.kind === 'adapter') return bytesOf.F32 * (summary.adapter?.parameters ?? trainedParameters(summary, lora))
  const dtype = form.dtype === 'checkpoint' ? storedDtype(summary) : form.dtype
  return bytesOf[dtype] * summary.parameters + summary.bytesCarried
}
