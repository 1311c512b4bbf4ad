// What the embedded model is: its shape, its name, and how it is pre-trained. One seed decides everything that is random.

import { defaultSettings, type Settings } from '../../../src/config/settings.ts'
import type { RateSettings } from './rate.ts'

/** config.json, in Hugging Face's own names. */
export const configJson = {
  architectures: ['Qwen2ForCausalLM'],
  attention_dropout: 0,
  eos_token_id: 0,
  hidden_act: 'silu',
  hidden_size: 256,
  initializer_range: 0.02,
  intermediate_size: 704,
  max_position_embeddings: 512,
  max_window_layers: 3,
  model_type: 'qwen2',
  num_attention_heads: 4,
  num_hidden_layers: 3,
  num_key_value_heads: 2,
  rms_norm_eps: 1e-6,
  rope_scaling: null,
  rope_theta: 10_000,
  sliding_window: null,
  tie_word_embeddings: true,
  torch_dtype: 'bfloat16',
  use_cache: true,
  use_sliding_window: false,
  vocab_size: 4096,
}

export const generationJson = { eos_token_id: 0, pad_token_id: 0, do_sample: false, max_new_tokens: 64 }

export type Recipe = {
  seed: number
  /** Passes over the corpus, the last of them in part: as many as `steps` take. */
  steps: number
  rate: RateSettings
  blockTokens: number
  /** One document in so many is never learned, and its loss is measured every so many steps. */
  heldOutOneIn: number
  heldOutEvery: number
  /** The weights are written every so many steps, so that a run that is cut short is not all lost. */
  savedEvery: number
  settings: Settings
}

/** Batches of 8 blocks, all tokens learned. */
export const recipe: Recipe = {
  seed: 7,
  steps: 4500,
  rate: { peak: 2e-3, warmupSteps: 100, coolDown: 0.25 },
  blockTokens: 96,
  heldOutOneIn: 100,
  heldOutEvery: 500,
  savedEvery: 500,
  settings: {
    ...defaultSettings,
    objective: 'pretrain',
    num_train_epochs: 1,
    per_device_train_batch_size: 8,
    weight_decay: 0.05,
    adam_beta2: 0.98,
    seed: 7,
    shuffle: false,
  },
}
