// The settings of the next run: a preset and what was changed from it, remembered from visit to visit.
// Must not know: who shows or uses them.

import { type PresetName, presetNames, presets } from '../config/presets.ts'
import { defaultLora, parseSettings, type SettingName, type Settings } from '../config/settings.ts'
import { recall, remember } from './memory.ts'
import { createStore, type Readable } from './store.ts'

export type RunSettings = { preset: PresetName; settings: Settings }

const key = 'tabtune.settings'
const held = createStore<RunSettings>(remembered())
let lastLora = held.get().settings.lora ?? defaultLora

export const settings: Readable<RunSettings> = held

/** Takes every setting from a preset. */
export function choosePreset(preset: PresetName) {
  change({ preset, settings: presets[preset] })
}

/** Changes one setting; the value must be one that its schema takes, or nothing changes and false comes back. */
export function changeSetting<N extends SettingName>(name: N, value: Settings[N]): boolean {
  return takeSettings({ ...held.get().settings, [name]: value })
}

/** Puts one setting back to its preset's value. */
export function resetSetting(name: SettingName) {
  changeSetting(name, presets[held.get().preset][name])
}

/** LoRA, with its fields as they were when it was last chosen, or all weights. */
export function chooseMethod(method: 'full' | 'lora') {
  const { lora } = held.get().settings
  if (method === 'full') changeSetting('lora', null)
  else if (lora === null) changeSetting('lora', lastLora)
}

/** Takes settings from a file, or all at once. False if they are not valid. */
export function takeSettings(value: unknown): boolean {
  const parsed = parseSettings(value)
  if (parsed.ok) change({ preset: held.get().preset, settings: parsed.settings })
  return parsed.ok
}

function change(next: RunSettings) {
  lastLora = next.settings.lora ?? lastLora
  held.set(next)
  remember(key, next)
}

function remembered(): RunSettings {
  const value = recall(key)
  const preset = presetNames.find((name) => isRecord(value) && value.preset === name) ?? 'firstMinute'
  const parsed = parseSettings(isRecord(value) ? value.settings : undefined)
  return { preset, settings: parsed.ok ? parsed.settings : presets[preset] }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
