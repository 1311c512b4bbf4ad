// A model's weights as they rest in its files: known by name and shape, read when somebody computes with them.
// What is small is kept in memory, so that nothing later depends on the disk; what is large stays where it is.

import { type RestingTensor, restingTensor } from '../engine/weight.ts'
import type { Weights } from '../formats/huggingface/weights.ts'
import type { ParameterShape } from '../models/parameters.ts'
import { ProblemError } from '../problem/problem.ts'
import type { Progress } from '../protocol/progress.ts'
import { losesNothing, mayBeBf16 } from '../sft/frozen.ts'
import type { Folder } from '../storage/folder.ts'
import { keptFolder } from '../storage/keptFolder.ts'
import { throwIfCancelled } from './studio.ts'
import { nextTurn } from './turn.ts'

/** Weight files that are kept: 64 MB in all. */
const LARGEST_KEPT = 64e6

const isWeights = (path: string) => path.endsWith('.safetensors')

/** The folder, with its weights in memory where they are small. @param keepsAll whether the folder keeps what it has read itself */
export async function withSmallWeightsKept(folder: Folder, keepsAll: boolean): Promise<{ folder: Folder; keptBytes: number }> {
  const entries = await folder.list()
  const bytes = entries.filter(({ path }) => isWeights(path)).reduce((sum, entry) => sum + entry.bytes, 0)
  if (keepsAll) return { folder, keptBytes: bytes }
  return bytes <= LARGEST_KEPT ? { folder: keptFolder(folder, isWeights), keptBytes: bytes } : { folder, keptBytes: 0 }
}

export type RestingModel = {
  weights: Record<string, RestingTensor>
  /** Names of the matrices that lose nothing as bfloat16. */
  bf16: ReadonlySet<string>
}

/** The tensors of these shapes; of those that are not stored as bfloat16 some numbers are looked at. Throws `model.dtype`, `model.unreadable`. */
export async function restingWeights(
  stored: Weights,
  shapes: readonly ParameterShape[],
  where: string,
  { tell, signal }: { tell: (progress: Progress) => void; signal: AbortSignal },
): Promise<RestingModel> {
  const weights: Record<string, RestingTensor> = {}
  const bf16 = new Set<string>()
  for (const [done, { name, shape }] of shapes.entries()) {
    throwIfCancelled(signal, 'openModel')
    tell({ work: 'loadingModel', done, total: shapes.length, unit: 'tensors' })
    const weight = restingWeight(stored, name, shape, where)
    weights[name] = weight
    if (mayBeBf16(shape) && (await losesNothing(weight))) bf16.add(name)
    await nextTurn()
  }
  return { weights, bf16 }
}

function restingWeight(stored: Weights, name: string, shape: readonly number[], where: string): RestingTensor {
  const dtype = stored.dtypeOf(name)
  if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'BF16')
    throw new ProblemError({ code: 'model.dtype', values: { tensor: name, dtype }, where })
  return restingTensor({
    shape,
    dtype: dtype === 'BF16' ? 'bf16' : 'f32',
    pieces: (most, passing) => stored.pieces(name, most, passing),
  })
}
