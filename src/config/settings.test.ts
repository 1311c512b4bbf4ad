// A run's settings: Hugging Face's names and defaults, every fault named by its setting, presets that are complete.

import { describe, expect, it } from 'vitest'
import { changedSettings, type PresetName, presets, settingEntries } from './presets.ts'
import { defaultSettings, parseSettings } from './settings.ts'

/** The first fault as "setting reason", or null. */
function fault(value: unknown): string | null {
  const parsed = parseSettings(value)
  const [issue] = parsed.ok ? [] : parsed.issues
  return issue ? `${issue.setting} ${issue.reason}` : null
}

it('fills in the defaults of TrainingArguments', () => {
  expect(parseSettings({})).toEqual({ ok: true, settings: defaultSettings })
  expect(defaultSettings).toMatchObject({
    gradient_accumulation_steps: 1,
    learning_rate: 5e-5,
    lr_scheduler_type: 'linear',
    warmup_steps: 0,
    weight_decay: 0,
    adam_beta1: 0.9,
    adam_beta2: 0.999,
    adam_epsilon: 1e-8,
    max_grad_norm: 1,
    max_steps: -1,
    seed: 42,
    lora: null,
  })
})

it('keeps what is given', () => {
  const given = {
    num_train_epochs: 0.5,
    max_steps: 3,
    lr_scheduler_type: 'cosine',
    shuffle: false,
    pad_token_id: 0,
    objective: 'pretrain',
    lora: { r: 4, lora_alpha: 8, target_modules: ['q_proj'], lora_dropout: 0 },
  }
  expect(parseSettings(given)).toMatchObject({ ok: true, settings: given })
})

describe('a fault is named by its setting', () => {
  it.each([
    [{ learning_rat: 1e-3 }, 'learning_rat is not a setting that Tabtune knows'],
    [{ learning_rate: '1e-3' }, 'learning_rate must be a number'],
    [{ learning_rate: -1 }, 'learning_rate must be at least 0'],
    [{ learning_rate: 1e9 }, 'learning_rate must be at most 10'],
    [{ learning_rate: Number.NaN }, 'learning_rate must be a number'],
    [{ per_device_train_batch_size: 0 }, 'per_device_train_batch_size must be at least 1'],
    [{ per_device_train_batch_size: 1.5 }, 'per_device_train_batch_size must be a whole number'],
    [{ lr_scheduler_type: 'polynomial' }, 'lr_scheduler_type must be linear, cosine or constant'],
    [{ objective: 'dpo' }, 'objective must be sft or pretrain'],
    [{ overlong: 'split' }, 'overlong must be truncate or drop'],
    [{ mask: 'none' }, 'mask must be prefix or parts'],
    [{ shuffle: 'no' }, 'shuffle must be true or false'],
    [{ max_length: 1 }, 'max_length must be at least 2'],
    [{ num_train_epochs: 0 }, 'num_train_epochs must be at least 0.01'],
    [{ lora: { r: 0, lora_alpha: 1, target_modules: [], lora_dropout: 0 } }, 'lora.r must be at least 1'],
  ])('%j', (value, said) => {
    expect(fault(value)).toBe(said)
  })

  it('and all of them are listed', () => {
    const parsed = parseSettings({ learning_rate: 'x', seed: -1, colour: 'red' })
    expect(parsed.ok ? [] : parsed.issues.map(({ setting }) => setting).sort()).toEqual(['colour', 'learning_rate', 'seed'])
  })

  it.each([[null], [[]], ['text'], [3]])('%j is no object of settings', (value) => {
    expect(fault(value)).toBe('settings must be an object of names and values')
  })
})

describe('presets', () => {
  it.each<PresetName>(['firstMinute', 'article'])('%s is complete, allowed, and unchanged from itself', (name) => {
    expect(parseSettings(presets[name])).toEqual({ ok: true, settings: presets[name] })
    expect(Object.keys(presets[name]).sort()).toEqual(Object.keys(defaultSettings).sort())
    expect(changedSettings(presets[name], name)).toEqual([])
    const parsed = parseSettings(presets[name])
    expect(parsed.ok && changedSettings(parsed.settings, name)).toEqual([])
  })

  it("holds the article's own settings", () => {
    expect(presets.article).toMatchObject({
      num_train_epochs: 10,
      per_device_train_batch_size: 2,
      learning_rate: 5e-5,
      max_grad_norm: 1,
    })
  })

  it('names what was changed', () => {
    expect(changedSettings({ ...presets.article, learning_rate: 1, shuffle: false }, 'article')).toEqual([
      'learning_rate',
      'shuffle',
    ])
  })

  it('lists every setting with its value', () => {
    expect(Object.fromEntries(settingEntries(defaultSettings))).toEqual(defaultSettings)
  })
})
