// Writes a model as a Hugging Face folder: the weights in bfloat16 and the files that say what they are.
// The tokenizer's files are there already. Must not know: how the weights came to be.

import { type Tensor, toValues } from '../../../src/engine/tensor.ts'
import { safetensorsChunks } from '../../../src/formats/safetensors/write.ts'
import type { DecoderConfig } from '../../../src/models/config.ts'
import { parameterShapes } from '../../../src/models/parameters.ts'
import { nodeFolder } from '../../../src/storage/nodeFolder.ts'
import { configJson, generationJson } from './recipe.ts'

/** @param weights by checkpoint name, f32; they stay the caller's. Throws if one of the model's is missing */
export async function writeModel(path: string, weights: Readonly<Record<string, Tensor>>, config: DecoderConfig): Promise<void> {
  const folder = nodeFolder(path)
  const tensors = parameterShapes(config).map(({ name, shape }) => ({
    name,
    shape,
    dtype: 'BF16' as const,
    values: async () => {
      const tensor = weights[name]
      if (!tensor) throw new Error(`${name} is missing`)
      return new Float32Array(await toValues(tensor))
    },
  }))
  await folder.write('model.safetensors', safetensorsChunks(tensors))
  await folder.write('config.json', asJson(configJson))
  await folder.write('generation_config.json', asJson(generationJson))
}

async function* asJson(value: unknown) {
  yield new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}
