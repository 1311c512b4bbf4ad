// The rotary embedding's settings in each spelling that files have, and the scalings that are refused by their names.

import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../../test/configRefusal.ts'
import { tinyConfigJson } from '../../../test/tinyModel.ts'
import { readDecoderConfig } from '../config.ts'

const { rope_theta: _, ...rest } = tinyConfigJson
const base = { ...rest, max_position_embeddings: 4096 }
const rope = (changed: Readonly<Record<string, unknown>>) => readDecoderConfig({ ...base, ...changed }).rope_parameters
const llama3 = { rope_type: 'llama3', factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 1024 }

describe('is read', () => {
  it.each([
    ['nothing at all', {}, { rope_type: 'default', rope_theta: 10_000 }],
    ['rope_theta alone', { rope_theta: 5e5, rope_scaling: null }, { rope_type: 'default', rope_theta: 5e5 }],
    ['an empty object', { rope_theta: 5e5, rope_scaling: {} }, { rope_type: 'default', rope_theta: 5e5 }],
    ['the default by name', { rope_scaling: { rope_type: 'default' } }, { rope_type: 'default', rope_theta: 10_000 }],
    [
      'the older word for the type',
      { rope_theta: 1e6, rope_scaling: { type: 'linear', factor: 2 } },
      { rope_type: 'linear', rope_theta: 1e6, factor: 2 },
    ],
    [
      'both words, of which the newer holds',
      { rope_scaling: { type: 'yarn', rope_type: 'linear', factor: 2 } },
      { rope_type: 'linear', rope_theta: 10_000, factor: 2 },
    ],
    ['llama3', { rope_theta: 5e5, rope_scaling: llama3 }, { ...llama3, rope_theta: 5e5 }],
    [
      'transformers 5, theta inside',
      { rope_parameters: { rope_theta: 7, rope_type: 'default' } },
      { rope_type: 'default', rope_theta: 7 },
    ],
    ['transformers 5 without a type', { rope_parameters: { rope_theta: 7 } }, { rope_type: 'default', rope_theta: 7 }],
    ['transformers 5 with llama3', { rope_parameters: { ...llama3, rope_theta: 7 } }, { ...llama3, rope_theta: 7 }],
    [
      'theta inside before theta outside',
      { rope_theta: 3, rope_parameters: { rope_theta: 7, rope_type: 'linear', factor: 2 } },
      { rope_type: 'linear', rope_theta: 7, factor: 2 },
    ],
    [
      'both forms, of which rope_scaling holds',
      { rope_scaling: { rope_type: 'linear', factor: 2 }, rope_parameters: { rope_theta: 7, rope_type: 'default' } },
      { rope_type: 'linear', rope_theta: 10_000, factor: 2 },
    ],
    [
      'llama3 with the original length beside it',
      { original_max_position_embeddings: 512, rope_scaling: llama3 },
      { ...llama3, rope_theta: 10_000, original_max_position_embeddings: 512 },
    ],
    [
      'llama3 without an original length',
      { rope_scaling: { ...llama3, original_max_position_embeddings: undefined } },
      { ...llama3, rope_theta: 10_000, original_max_position_embeddings: 4096 },
    ],
  ])('%s', (_name, changed, want) => {
    expect(rope(changed)).toEqual(want)
  })
})

describe('is refused', () => {
  it.each(['dynamic', 'yarn', 'longrope', 'su', 'mrope', 'proportional'])('%s, by either word', (named) => {
    const scaling = { factor: 4, original_max_position_embeddings: 1024 }
    expect(refusalOf({ ...base, rope_scaling: { ...scaling, rope_type: named } })).toBe(
      'model.unsupported rope_scaling.rope_type',
    )
    expect(refusalOf({ ...base, rope_scaling: { ...scaling, type: named } })).toBe('model.unsupported rope_scaling.type')
    expect(refusalOf({ ...base, rope_parameters: { ...scaling, rope_type: named } })).toBe(
      'model.unsupported rope_parameters.rope_type',
    )
  })

  it.each([
    ['rope_scaling', 'linear', 'model.bad-config rope_scaling'],
    ['rope_scaling', { factor: 2 }, 'model.bad-config rope_scaling'],
    ['rope_scaling', { rope_type: 4 }, 'model.bad-config rope_scaling.rope_type'],
    ['rope_scaling', { rope_type: 'linear' }, 'model.bad-config rope_scaling.factor'],
    ['rope_scaling', { rope_type: 'linear', factor: 0 }, 'model.bad-config rope_scaling.factor'],
    ['rope_scaling', { rope_type: 'linear', factor: '2' }, 'model.bad-config rope_scaling.factor'],
    ['rope_scaling', { ...llama3, low_freq_factor: undefined }, 'model.bad-config rope_scaling.low_freq_factor'],
    ['rope_scaling', { ...llama3, high_freq_factor: 1 }, 'model.bad-config rope_scaling.high_freq_factor'],
    [
      'rope_scaling',
      { ...llama3, original_max_position_embeddings: 0.5 },
      'model.bad-config rope_scaling.original_max_position_embeddings',
    ],
    ['rope_parameters', { rope_theta: -1 }, 'model.bad-config rope_parameters.rope_theta'],
    [
      'rope_parameters',
      { rope_theta: 7, partial_rotary_factor: 0.25 },
      'model.unsupported rope_parameters.partial_rotary_factor',
    ],
    ['rope_parameters', { full_attention: { rope_type: 'default' } }, 'model.unsupported rope_parameters'],
  ])('%s: %j', (setting, value, refused) => {
    expect(refusalOf({ ...base, [setting]: value })).toBe(refused)
  })
})
