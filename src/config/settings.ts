// A run's settings: one schema for the form, the command line's --config file and what is saved with a model.
// The names are those of Hugging Face's TrainingArguments, so a notebook's settings are known here by the same words; a name that is not known is refused.
// Must not know: anything else of the project.

import * as v from 'valibot'

const count = (minimum: number) =>
  v.pipe(v.number('must be a number'), v.integer('must be a whole number'), v.minValue(minimum, `must be at least ${minimum}`))
const within = (minimum: number, maximum: number) =>
  v.pipe(
    v.number('must be a number'),
    v.minValue(minimum, `must be at least ${minimum}`),
    v.maxValue(maximum, `must be at most ${maximum}`),
  )

/** As datasets' train_test_split has it: below 1 a share, from 1 on a number. */
const shareOrCount = v.pipe(
  within(0, 1e9),
  v.check((size) => size > 0 && (size < 1 || Number.isInteger(size)), 'must be a share below 1 or a whole number'),
)

/** Low-rank adapters (Hu et al. 2021, arXiv:2106.09685), with PEFT's names. */
const loraSchema = v.strictObject({
  r: v.optional(count(1), 8),
  lora_alpha: v.optional(within(0, 1e6), 16),
  /** Names of linear layers, or "all-linear". */
  target_modules: v.optional(
    v.union(
      [v.array(v.string('must be a name')), v.literal('all-linear')],
      'must be a list of names of linear layers, or "all-linear"',
    ),
    'all-linear',
  ),
  lora_dropout: v.optional(within(0, 0.99), 0),
  /** Scale by alpha/√r in place of alpha/r (arXiv:2312.03732). */
  use_rslora: v.optional(v.boolean('must be true or false'), false),
})

/** What the fields of LoRA are. */
export type LoraSettings = v.InferOutput<typeof loraSchema>

/** r 8, α 16, all linear layers. */
export const defaultLora: LoraSettings = v.parse(loraSchema, {})

export const settingsSchema = v.strictObject({
  /** Passes over the data. May be a fraction. Not used when max_steps is set. */
  num_train_epochs: v.optional(within(0.01, 10_000), 10),
  /** Optimiser steps; −1 means that the epochs decide. */
  max_steps: v.optional(count(-1), -1),
  per_device_train_batch_size: v.optional(count(1), 2),
  gradient_accumulation_steps: v.optional(count(1), 1),
  /** The peak of the schedule. */
  learning_rate: v.optional(within(0, 10), 5e-5),
  lr_scheduler_type: v.optional(v.picklist(['linear', 'cosine', 'constant'], 'must be linear, cosine or constant'), 'linear'),
  warmup_steps: v.optional(count(0), 0),
  /** Decoupled; never on biases and norm weights. */
  weight_decay: v.optional(within(0, 10), 0),
  adam_beta1: v.optional(within(0, 1), 0.9),
  adam_beta2: v.optional(within(0, 1), 0.999),
  adam_epsilon: v.optional(within(0, 1), 1e-8),
  /** Clip at this global norm; 0 means never. */
  max_grad_norm: v.optional(within(0, 1e9), 1),
  /** Keep each block's input alone and compute the block again on the way back: less memory, a third more time. The numbers stay the same. */
  gradient_checkpointing: v.optional(v.boolean('must be true or false'), false),
  seed: v.optional(count(0), 42),
  shuffle: v.optional(v.boolean('must be true or false'), true),
  /** Tokens a record may have, EOS included. null: what the model takes. */
  max_length: v.optional(v.nullable(count(2)), null),
  /** What happens to a longer record. */
  overlong: v.optional(v.picklist(['truncate', 'drop'], 'must be truncate or drop'), 'truncate'),
  /** Short records share rows of at most max_length tokens, without seeing each other (TRL's SFTConfig): less padding, the same loss of each. */
  packing: v.optional(v.boolean('must be true or false'), false),
  /** How the border of the mask is found: the length of the tokenised prompt, or prompt and answer tokenised apart. */
  mask: v.optional(v.picklist(['prefix', 'parts'], 'must be prefix or parts'), 'prefix'),
  /** sft learns the answers; pretrain learns every token (no mask). */
  objective: v.optional(v.picklist(['sft', 'pretrain'], 'must be sft or pretrain'), 'sft'),
  /** Records of three fields are written through the model's chat template: instruct + input is the user's turn, the label the answer. */
  chat_template: v.optional(v.boolean('must be true or false'), false),
  /** The system line of those conversations, which may be empty. null: none, and the template may put one of its own. */
  system_prompt: v.optional(v.nullable(v.string('must be text')), null),
  /** null: the tokenizer's own. */
  pad_token_id: v.optional(v.nullable(count(0)), null),
  /** Pad with a token of its own, [PAD], as the article does; the embedding grows by a row where it has none to spare. Not needed: padding is masked by position. */
  add_pad_token: v.optional(v.boolean('must be true or false'), false),
  /** Steps between saved checkpoints; 0 means only the end is saved. */
  save_steps: v.optional(count(0), 0),
  /** epoch: records are held out, never learned, and their loss is taken at each epoch's end. */
  eval_strategy: v.optional(v.picklist(['no', 'epoch'], 'must be no or epoch'), 'no'),
  /** How much of the data is held out; the seed chooses which. Not used where held-out records have a file of their own. */
  test_size: v.optional(shareOrCount, 0.1),
  per_device_eval_batch_size: v.optional(count(1), 8),
  /** Keep the weights of the epoch with the least held-out loss (metric_for_best_model is eval_loss), and end with them. */
  load_best_model_at_end: v.optional(v.boolean('must be true or false'), false),
  /** EarlyStoppingCallback's: end after so many epochs without a lower held-out loss. null: never. */
  early_stopping_patience: v.optional(v.nullable(count(1)), null),
  lora: v.optional(v.nullable(loraSchema), null),
})

/** Settings with every default filled in. */
export type Settings = v.InferOutput<typeof settingsSchema>
export type SettingName = keyof Settings

/** The setting of this name; null where there is none. */
export function settingNamed(name: string): SettingName | null {
  return isSettingName(name) ? name : null
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingsSchema.entries, name)
}

export type SettingsIssue = { setting: string; reason: string }
export type ParsedSettings = { ok: true; settings: Settings } | { ok: false; issues: readonly SettingsIssue[] }

/** Checks what a form, a file or a checkpoint holds and fills in the defaults. Every fault is named by its setting. */
export function parseSettings(value: unknown): ParsedSettings {
  // A list would pass as an object without names, and so as the defaults.
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { ok: false, issues: [{ setting: 'settings', reason: 'must be an object of names and values' }] }
  const result = v.safeParse(settingsSchema, value)
  if (result.success) return { ok: true, settings: result.output }
  return {
    ok: false,
    issues: result.issues.map((issue) => ({
      setting: v.getDotPath(issue) ?? 'settings',
      reason:
        issue.type === 'strict_object' && issue.expected === 'never' ? 'is not a setting that Tabtune knows' : issue.message,
    })),
  }
}

/** Trainer's defaults, as the article leaves them. */
export const defaultSettings: Settings = v.parse(settingsSchema, {})
