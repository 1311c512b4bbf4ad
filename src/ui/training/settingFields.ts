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
  max_length: { kind: 'number-or-none' },
  overlong: { kind: 'choice', options: ['truncate', 'drop'] },
  add_pad_token: { kind: 'switch' },
  pad_token_id: { kind: 'number-or-none' },
  shuffle: { kind: 'switch' },
  seed: { kind: 'number' },
  weight_decay: { kind: 'number' },
  max_grad_norm: { kind: 'number' },
  adam_beta1: { kind: 'number' },
  adam_beta2: { kind: 'number' },
  adam_epsilon: { kind: 'number' },
}

export type SettingGroup = 'length' | 'rate' | 'records' | 'optimiser'

export const settingGroups: readonly { group: SettingGroup; names: readonly ShownSetting[] }[] = [
  { group: 'length', names: ['num_train_epochs', 'max_steps', 'per_device_train_batch_size', 'gradient_accumulation_steps'] },
  { group: 'rate', names: ['learning_rate', 'lr_scheduler_type', 'warmup_steps'] },
  {
    group: 'records',
    names: ['objective', 'mask', 'max_length', 'overlong', 'add_pad_token', 'pad_token_id', 'shuffle', 'seed'],
  },
  { group: 'optimiser', names: ['weight_decay', 'max_grad_norm', 'adam_beta1', 'adam_beta2', 'adam_epsilon'] },
]

/** A value as the file of settings writes it. */
export function settingText(value: Settings[ShownSetting]): string {
  if (typeof value !== 'number') return String(value)
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential().replace('e-0', 'e-') : String(value)
}

/** Trainer's own default, for the mark beside the field. */
export function defaultText(name: ShownSetting): string {
  return settingText(defaultSettings[name])
}
