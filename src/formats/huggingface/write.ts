// The files of a Hugging Face folder, as `AutoModelForCausalLM.from_pretrained` loads it: config, weights, and what the base model brought along.
// Nothing is written here: each file is a size and a stream, for a zip file, a folder or a disk alike.
// Must not know: where the files go, what trained the weights.

import type { StreamedFile } from '../../storage/folder.ts'
import { type Json, type JsonObject, parseJson } from '../json.ts'
import type { TensorToWrite } from '../safetensors/write.ts'
import type { CarriedFile } from './files.ts'
import { weightFiles } from './shards.ts'

/** A JSON file beside the weights, such as trainer_state.json. */
export type ExtraFile = { path: string; json: Json }

export type ModelToWrite = {
  /** Written as it is given, but for `torch_dtype`, which is made to say what the weights are stored in. */
  config: JsonObject
  generationConfig: JsonObject | null
  /** Each asked for its values once. */
  tensors: readonly TensorToWrite[]
  carried: readonly CarriedFile[]
  extra: readonly ExtraFile[]
  /** The most bytes of numbers in one file; transformers' 5 GB where none is given. */
  maxShardBytes?: number
}

const torchDtypes = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' } as const

/** config.json, generation_config.json, the weights in one file or in shards, the extra files, the carried ones; no path twice. */
export function modelFolderFiles(model: ModelToWrite): StreamedFile[] {
  const { files, index } = weightFiles(model.tensors, model.maxShardBytes ?? 5e9)
  const made = [
    { path: 'config.json', json: configWithDtype(model) },
    ...(model.generationConfig ? [{ path: 'generation_config.json', json: model.generationConfig }] : []),
    ...model.extra,
    ...(index ? [{ path: 'model.safetensors.index.json', json: index }] : []),
  ]
  return withCarried(made, files, model.carried)
}

/**
 * JSON files and weights with the carried files beside them. What is made wins over what is carried, but a JSON file
 * that says the same as the carried one leaves as the carried bytes.
 */
export function withCarried(
  made: readonly ExtraFile[],
  weights: readonly StreamedFile[],
  carried: readonly CarriedFile[],
): StreamedFile[] {
  const bytesOf = new Map(carried.map(({ path, bytes }) => [path, bytes]))
  const jsonFiles = made.map(({ path, json }) => {
    const bytes = bytesOf.get(path)
    return bytes && says(bytes, json) ? bytesFile(path, bytes) : jsonFile(path, json)
  })
  const taken = new Set([...jsonFiles, ...weights].map(({ path }) => path))
  const rest = carried.filter(({ path }) => !taken.has(path)).map(({ path, bytes }) => bytesFile(path, bytes))
  return [...jsonFiles, ...weights, ...rest]
}

/** A small JSON file, indented by two like those of the Hub. */
export function jsonFile(path: string, json: Json): StreamedFile {
  return bytesFile(path, new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`))
}

/** Whether the bytes are JSON of this very content, its fields in the same order. */
function says(bytes: Uint8Array<ArrayBuffer>, json: Json): boolean {
  try {
    return JSON.stringify(parseJson(new TextDecoder().decode(bytes))) === JSON.stringify(json)
  } catch {
    return false
  }
}

function bytesFile(path: string, bytes: Uint8Array<ArrayBuffer>): StreamedFile {
  return {
    path,
    bytes: bytes.length,
    chunks: async function* () {
      yield bytes
    },
  }
}

/** Transformers 4 reads `torch_dtype`, 5 `dtype`: the one that the file has is set, or the older. */
function configWithDtype({ config, tensors }: ModelToWrite): JsonObject {
  const forms = new Set(tensors.map(({ dtype }) => dtype))
  const [form] = forms
  if (form === undefined || forms.size > 1) return config
  return { ...config, [Object.hasOwn(config, 'dtype') ? 'dtype' : 'torch_dtype']: torchDtypes[form] }
}
