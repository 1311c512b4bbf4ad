// Weights as files: one model.safetensors, or shards with their index where they are larger than one file may be.
// The cut is the one of `save_pretrained` (huggingface_hub's split_torch_state_dict_into_shards), so the same weights give the same files.
// Must not know: where the files go, what trained the weights.

import type { StreamedFile } from '../../storage/folder.ts'
import type { JsonObject } from '../json.ts'
import { safetensorsBytes, safetensorsChunks, type TensorToWrite, tensorBytes } from '../safetensors/write.ts'

export type WeightFiles = {
  files: readonly StreamedFile[]
  /** What model.safetensors.index.json says; null where one file holds all. */
  index: JsonObject | null
}

/**
 * The tensors in their order, each shard as full as `maxShardBytes` of numbers allow; headers are not counted.
 * A tensor that is larger than that has a shard of its own.
 */
export function weightFiles(tensors: readonly TensorToWrite[], maxShardBytes: number): WeightFiles {
  const shards = cut(tensors, maxShardBytes)
  if (shards.length === 1) return { files: [safetensorsFile('model.safetensors', tensors)], index: null }
  const files = shards.map((shard, i) => safetensorsFile(shardName(i + 1, shards.length), shard))
  const weightMap = shards.flatMap((shard, i) =>
    shard.map(({ name }): [string, string] => [name, shardName(i + 1, shards.length)]),
  )
  const total_size = tensors.reduce((sum, tensor) => sum + tensorBytes(tensor), 0)
  const sorted = weightMap.sort(([a], [b]) => (a < b ? -1 : 1))
  return { files, index: { metadata: { total_size }, weight_map: Object.fromEntries(sorted) } }
}

/** One safetensors file as a size and a stream. */
export function safetensorsFile(path: string, tensors: readonly TensorToWrite[]): StreamedFile {
  return { path, bytes: safetensorsBytes(tensors), chunks: () => safetensorsChunks(tensors) }
}

function cut(tensors: readonly TensorToWrite[], maxShardBytes: number): (readonly TensorToWrite[])[] {
  const shards: TensorToWrite[][] = []
  let open: TensorToWrite[] = []
  let openBytes = 0
  for (const tensor of tensors) {
    const bytes = tensorBytes(tensor)
    if (bytes > maxShardBytes) {
      shards.push([tensor])
      continue
    }
    if (openBytes + bytes > maxShardBytes) {
      shards.push(open)
      open = []
      openBytes = 0
    }
    open.push(tensor)
    openBytes += bytes
  }
  if (open.length > 0 || shards.length === 0) shards.push(open)
  return shards
}

function shardName(number: number, count: number): string {
  const five = (value: number) => String(value).padStart(5, '0')
  return `model-${five(number)}-of-${five(count)}.safetensors`
}
