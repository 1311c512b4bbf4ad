// The smallest model that still has every part of a Qwen2: two blocks, grouped heads, biases, a tied head, the small tokenizer's vocabulary.
// Its weights are wider apart than a fresh model's, so that its greedy choices are clear and its rows differ.

import { defaultSettings, type Settings } from '../src/config/settings.ts'
import type { Tensor } from '../src/engine/tensor.ts'
import { loadTokenizer, type TextTokenizer } from '../src/formats/tokenizer/load.ts'
import { readDecoderConfig } from '../src/models/config.ts'
import type { Decoder } from '../src/models/decoder.ts'
import { freshWeights } from '../src/models/fresh.ts'
import type { Trainee } from '../src/models/held.ts'
import type { InstructRecord } from '../src/protocol/dataset.ts'
import { eagerStepper, type TrainState } from '../src/sft/stepper.ts'
import { type TrainHooks, type TrainInput, type TrainOutcome, train } from '../src/sft/train.ts'
import { smallIds, smallTokenizer, smallTokenizerConfig } from './smallTokenizer.ts'

/** config.json of the tiny model. */
export const tinyConfigJson = {
  architectures: ['Qwen2ForCausalLM'],
  model_type: 'qwen2',
  vocab_size: 265,
  hidden_size: 16,
  intermediate_size: 24,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  max_position_embeddings: 96,
  rms_norm_eps: 1e-6,
  rope_theta: 10_000,
  tie_word_embeddings: true,
  eos_token_id: smallIds.imEnd,
}

export const tinyConfig = readDecoderConfig(tinyConfigJson)

/** The caller's to dispose. */
export const tinyWeights = (seed = 7) => freshWeights(tinyConfig, seed, 0.3)

/** A decoder of these weights, and the same to be trained whole. */
export const tinyDecoder = (weights: Readonly<Record<string, Tensor>>): Decoder<Tensor> => ({
  config: tinyConfig,
  weights,
  adapter: null,
})
export const tinyTrainee = (weights: Record<string, Tensor>): Trainee => ({ model: tinyDecoder(weights), trained: weights })

/** A run from its first step to its last, or on from `state`, by the eager interpreter. */
export async function trainEagerly(
  trainee: Trainee,
  { state, ...input }: Omit<TrainInput, 'done'> & { state: TrainState | null },
  hooks: TrainHooks,
): Promise<TrainOutcome> {
  const stepper = eagerStepper(trainee, input.settings, state)
  try {
    return await train(stepper, { ...input, done: state?.step ?? 0 }, hooks)
  } finally {
    stepper.dispose()
  }
}

export const tinyTokenizer: TextTokenizer = loadTokenizer({
  tokenizer: smallTokenizer(),
  tokenizerConfig: smallTokenizerConfig,
})

/** The defaults with some of them changed. */
export const settingsWith = (changed: Partial<Settings>): Settings => ({ ...defaultSettings, ...changed })

export const instruct = (instructText: string, input: string, label: string): InstructRecord => ({
  kind: 'instruct',
  instruct: instructText,
  input,
  label,
})
