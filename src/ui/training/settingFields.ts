// Which settings the form shows, in which groups and with which kind of field. The schema decides what a value may be.
// Must not know: what a setting does (the words say it).

import { defaultSettings, type SettingName, type Settings } from '../../config/settings.ts'

/** The settings with a row of their own. `lora` has its own form; `save_steps` has no effect yet, and a control without effect is worse than none. */
export type ShownSetting = Exclude<SettingName, 'lora' | 'save_steps'>

export type SettingField =
  | { kind: 'number' }
  /** An empty field is null. */
  | { kind: 'number-or-none' }
  | { kind: 'switch' }
  /** Empty is null. */
  | { kind: 'text' }
  | { kind: 'choice'; options: readonly string[] }

export const settingFields: Readonly<Record<ShownSetting, SettingField>> = {
  num_train_epochs: { kind: 'number' },
  max_steps: { kind: 'number' },
  per_device_train_batch_size: { kind: 'number' },
  gradient_accumulation_steps: { kind: 'number' },
  learning_rate: { kind: 'number' },
  lr_scheduler_type: { kind: 'choice', options: ['linear', 'cosine', 'constant'] },
  warmup_steps: { kind: 'number' },
  objective: { kind: 'choice', options: ['sft', 'pretrain'] },
  mask: { kind: 'choice', options: ['prefix', 'parts'] },
  chat_template: { kind: 'switch' },
  system_prompt: { kind: 'text' },
  max_length: { kind: 'number-or-none' },
  overlong: { kind: 'choice', options: ['truncate', 'drop'] },
  packing: { kind: 'switch' },
  add_pad_token: { kind: 'switch' },
  pad_token_id: { kind: 'number-or-none' },
  shuffle: { kind: 'switch' },
  seed: { kind: 'number' },
  weight_decay: { kind: 'number' },
  max_grad_norm: { kind: 'number' },
  gradient_checkpointing: { kind: 'switch' },
  adam_beta1: { kind: 'number' },
  adam_beta2: { kind: 'number' },
  adam_epsilon: { kind: 'number' },
  eval_strategy: { kind: 'choice', options: ['no', 'epoch'] },
  test_size: { kind: 'number' },
  per_device_eval_batch_size: { kind: 'number' },
  load_best_model_at_end: { kind: 'switch' },
  early_stopping_patience: { kind: 'number-or-none' },
}

export type SettingGroup = 'length' | 'rate' | 'records' | 'batches' | 'heldOut' | 'optimiser'

/** What a newcomer changes first comes first. */
export const settingGroups: readonly { group: SettingGroup; names: readonly ShownSetting[] }[] = [
  { group: 'length', names: ['num_train_epochs', 'max_steps'] },
  { group: 'rate', names: ['learning_rate', 'lr_scheduler_type', 'warmup_steps'] },
  {
    group: 'records',
    names: ['objective', 'mask', 'chat_template', 'system_prompt', 'max_length', 'overlong'],
  },
  {
    group: 'batches',
    names: [
      'per_device_train_batch_size',
      'gradient_accumulation_steps',
      'gradient_checkpointing',
      'packing',
      'shuffle',
      'seed',
      'add_pad_token',
      'pad_token_id',
    ],
  },
  {
    group: 'heldOut',
    names: ['eval_strategy', 'test_size', 'load_best_model_at_end', 'early_stopping_patience', 'per_device_eval_batch_size'],
  },
  { group: 'optimiser', names: ['weight_decay', 'max_grad_norm', 'adam_beta1', 'adam_beta2', 'adam_epsilon'] },
]

/** Whether a setting could change the run as the others are. One that could not has no row: it would only be in the way. */
export function hasEffect(name: ShownSetting, { chat_template, eval_strategy }: Settings): boolean {
  if (name === 'system_prompt') return chat_template
  if (name === 'test_size' || name === 'per_device_eval_batch_size') return eval_strategy !== 'no'
  return true
}

/** The linear layers of a block, by the ends of their names. */
export const layerKinds = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const

/** The settings that decide what of a record is learned, and how much of it there is. */
export const maskSettings = [
  'objective',
  'mask',
  'chat_template',
  'max_length',
  'overlong',
] as const satisfies readonly ShownSetting[]

export function decidesMask(name: ShownSetting): boolean {
  return maskSettings.some((setting) => setting === name)
}

/** A value as the file of settings writes it. */
export function settingText(value: number | string | boolean | null): string {
  if (typeof value !== 'number') return String(value)
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential().replace('e-0', 'e-') : String(value)
}

/** The schema's default, for a setting that Trainer does not have. */
export function defaultText(name: ShownSetting): string {
  return settingText(defaultSettings[name])
}
