// The files of a Hugging Face folder, as `AutoModelForCausalLM.from_pretrained` loads it: config, weights, and what the base model brought along.
// Nothing is written here: each file is a size and a stream, for a zip file, a folder or a disk alike.
// Must not know: where the files go, what trained the weights.

import type { StreamedFile } from '../../storage/folder.ts'
import type { Json, JsonObject } from '../json.ts'
import { safetensorsBytes, safetensorsChunks, type TensorToWrite } from '../safetensors/write.ts'
import type { CarriedFile } from './open.ts'

export type ModelToWrite = {
  /** Written as it is given, but for `torch_dtype`, which is made to say what the weights are stored in. */
  config: JsonObject
  generationConfig: JsonObject | null
  /** Each asked for its values once, in the order of the file. */
  tensors: readonly TensorToWrite[]
  carried: readonly CarriedFile[]
  /** More JSON files beside the model, such as trainer_state.json. */
  extra: readonly { path: string; json: Json }[]
}

const torchDtypes = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' } as const

/** config.json, generation_config.json, model.safetensors, the carried files, the extra ones; no path twice, what is given here wins over what is carried. */
export function modelFolderFiles(model: ModelToWrite): StreamedFile[] {
  const files = [
    jsonFile('config.json', configWithDtype(model)),
    ...(model.generationConfig ? [jsonFile('generation_config.json', model.generationConfig)] : []),
    ...model.extra.map(({ path, json }) => jsonFile(path, json)),
    { path: 'model.safetensors', bytes: safetensorsBytes(model.tensors), chunks: () => safetensorsChunks(model.tensors) },
  ]
  const taken = new Set(files.map(({ path }) => path))
  const carried = model.carried.filter(({ path }) => !taken.has(path)).map(({ path, bytes }) => bytesFile(path, bytes))
  return [...files, ...carried]
}

/** A small JSON file, indented by two like those of the Hub. */
export function jsonFile(path: string, json: Json): StreamedFile {
  return bytesFile(path, new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`))
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
