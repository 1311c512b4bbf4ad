// The settings are always ones that a run would take, and know their preset's value.

import { beforeEach, expect, test } from 'vitest'
import { presets } from '../config/presets.ts'
import { defaultLora } from '../config/settings.ts'
import { changeSetting, chooseMethod, choosePreset, resetSetting, settings, takeSettings } from './settings.ts'

beforeEach(() => choosePreset('firstMinute'))

test('a preset sets all of them', () => {
  choosePreset('article')
  expect(settings.get()).toEqual({ preset: 'article', settings: presets.article })
})

test('one that is not valid changes nothing', () => {
  expect(changeSetting('learning_rate', -1)).toBe(false)
  expect(changeSetting('max_length', 1.5)).toBe(false)
  expect(settings.get().settings).toEqual(presets.firstMinute)
})

test('one that was changed goes back to its preset', () => {
  expect(changeSetting('num_train_epochs', 3)).toBe(true)
  expect(settings.get().settings.num_train_epochs).toBe(3)
  resetSetting('num_train_epochs')
  expect(settings.get().settings).toEqual(presets.firstMinute)
})

test('a file of settings fills in the defaults and refuses what it does not know', () => {
  expect(takeSettings({ learning_rate: 1e-4 })).toBe(true)
  expect(settings.get().settings.learning_rate).toBe(1e-4)
  expect(takeSettings({ lernrate: 1 })).toBe(false)
})

test('LoRA comes back as it was when all weights were chosen in between', () => {
  choosePreset('lora')
  changeSetting('lora', { ...defaultLora, r: 32 })
  chooseMethod('full')
  expect(settings.get().settings.lora).toBeNull()
  chooseMethod('lora')
  expect(settings.get().settings.lora?.r).toBe(32)
})
