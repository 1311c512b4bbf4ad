// Records of tokens to train on: a sentence's worth over and over, so that a model with random weights has something to learn.

import { writeFile } from 'node:fs/promises'
import { uniformNumbers } from '../../src/config/random.ts'

type Wanted = { data: string; config: string; tokens: number; steps: number }

/** One record of so many tokens, half of them learned, and settings for so many LoRA steps over it. */
export async function writeTokens({ data, config, tokens, steps }: Wanted): Promise<void> {
  const uniform = uniformNumbers(5)
  const words = Array.from({ length: 16 }, () => Math.floor(uniform() * 150_000))
  const ids = Array.from({ length: tokens }, (_, at) => words[at % words.length] ?? 0)
  const labels = ids.map((id, at) => (at < tokens / 2 ? -100 : id))
  await writeFile(data, `${JSON.stringify({ input_ids: ids, labels })}\n`)
  const settings = { max_steps: steps, per_device_train_batch_size: 1, learning_rate: 2e-3, lr_scheduler_type: 'constant' }
  await writeFile(config, JSON.stringify({ ...settings, max_length: tokens, lora: { r: 8, lora_alpha: 16 } }))
}
