// The settings a person starts from. Each is complete, so a mark beside a setting can say that it differs.

import { defaultLora, defaultSettings, type SettingName, type Settings } from './settings.ts'

export const presetNames = ['firstMinute', 'article', 'lora'] as const
export type PresetName = (typeof presetNames)[number]

export const presets: Readonly<Record<PresetName, Settings>> = {
  /** Tuned for the embedded model: the demo is learned in less than a minute without a GPU. */
  firstMinute: {
    ...defaultSettings,
    num_train_epochs: 16,
    per_device_train_batch_size: 8,
    learning_rate: 1.5e-3,
    warmup_steps: 4,
  },
  /** The article's own: full fine-tuning, 10 epochs, batch 2, Trainer's defaults for the rest. */
  article: { ...defaultSettings, num_train_epochs: 10, per_device_train_batch_size: 2, learning_rate: 5e-5 },
  /** Low-rank adapters beside all linear layers, with a rate that suits models of half a billion parameters and more. */
  lora: {
    ...defaultSettings,
    num_train_epochs: 10,
    per_device_train_batch_size: 2,
    learning_rate: 2e-4,
    lora: defaultLora,
  },
}

/**
 * What LoRA needs on a model of a few million parameters instead: measured on the embedded one, which then answers all 28 of the Chinese
 * poems and 26 of the English ones exactly, and none with 10 epochs of batch 2 at the preset's own.
 */
export const smallModelLora = {
  num_train_epochs: 24,
  per_device_train_batch_size: 8,
  learning_rate: 0.012,
  warmup_steps: 4,
} as const satisfies Partial<Settings>

/** The settings that differ from a preset's. */
export function changedSettings(settings: Settings, preset: PresetName): readonly SettingName[] {
  const from: Readonly<Record<string, unknown>> = presets[preset]
  const names: SettingName[] = []
  for (const [name, value] of settingEntries(settings)) {
    if (JSON.stringify(value) !== JSON.stringify(from[name])) names.push(name)
  }
  return names
}

/** The entries of a run's settings with their names typed. */
export function settingEntries(settings: Settings): readonly (readonly [SettingName, Settings[SettingName]])[] {
  const entries: (readonly [SettingName, Settings[SettingName]])[] = []
  let name: SettingName
  for (name in settings) entries.push([name, settings[name]])
  return entries
}
