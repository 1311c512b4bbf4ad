// A checkpoint of exactly Qwen2.5-0.5B's configuration and tensor names, with random weights in bfloat16: what the real one takes, without it.
// 1 GB, streamed to disk in seconds, the same bytes each time.

import { existsSync } from 'node:fs'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { floatsOf } from '../../src/engine/weight.ts'
import { safetensorsChunks, type TensorToWrite } from '../../src/formats/safetensors/write.ts'
import { readDecoderConfig } from '../../src/models/config.ts'
import { freshAtRest } from '../../src/models/fresh.ts'
import { nodeFolder } from '../../src/storage/nodeFolder.ts'

/** config.json of Qwen2.5-0.5B. */
export const qwenConfig = {
  architectures: ['Qwen2ForCausalLM'],
  attention_dropout: 0,
  bos_token_id: 151_643,
  eos_token_id: 151_643,
  hidden_act: 'silu',
  hidden_size: 896,
  initializer_range: 0.02,
  intermediate_size: 4864,
  max_position_embeddings: 32_768,
  max_window_layers: 24,
  model_type: 'qwen2',
  num_attention_heads: 14,
  num_hidden_layers: 24,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_theta: 1_000_000,
  sliding_window: 32_768,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
  use_cache: true,
  use_mrope: false,
  use_sliding_window: false,
  vocab_size: 151_936,
}

const tokenizerFiles = ['tokenizer.json', 'tokenizer_config.json'] as const

/** Whether the tokenizer that lies beside the checkout is there; without it the model is asked in ids. */
export const hasTokenizer = (folder: string) => tokenizerFiles.every((file) => existsSync(join(folder, file)))

/** Makes the checkpoint in `folder`, or leaves the one that is there. Whole or not at all. */
export async function makeCheckpoint(folder: string, tokenizer: string): Promise<void> {
  if (existsSync(join(folder, 'model.safetensors'))) return
  const unfinished = `${folder}.part`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  const into = nodeFolder(unfinished)
  await into.write('config.json', asJson(qwenConfig))
  if (hasTokenizer(tokenizer)) for (const file of tokenizerFiles) await copyFile(join(tokenizer, file), join(unfinished, file))
  await into.write('model.safetensors', safetensorsChunks(tensors()))
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
}

async function* asJson(value: unknown) {
  yield new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}

/** The names and numbers of a fresh model, each written as it is asked for. */
function tensors(): TensorToWrite[] {
  const weights = freshAtRest(readDecoderConfig(qwenConfig), 1, 'bf16')
  return Object.entries(weights).map(([name, weight]) => ({
    name,
    shape: weight.shape,
    dtype: 'BF16',
    values: () => floatsOf(weight),
  }))
}
