// Which layers have a sliding window, as each transformers class decides it.

import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../../test/configRefusal.ts'
import { tinyConfigJson } from '../../../test/tinyModel.ts'
import { readDecoderConfig } from '../config.ts'

const json = (architecture: string, changed: Readonly<Record<string, unknown>>) => ({
  ...tinyConfigJson,
  architectures: [architecture],
  model_type: null,
  num_hidden_layers: 4,
  ...changed,
})
const windows = (architecture: string, changed: Readonly<Record<string, unknown>>) =>
  readDecoderConfig(json(architecture, changed)).slidingWindows
const full = 'full_attention'
const sliding = 'sliding_attention'

describe.each(['Qwen2ForCausalLM', 'Qwen3ForCausalLM'])('%s', (architecture) => {
  it.each([
    [
      'a window that is switched off',
      { sliding_window: 8, use_sliding_window: false, max_window_layers: 2 },
      [null, null, null, null],
    ],
    ['one that nobody switched on', { sliding_window: 8 }, [null, null, null, null]],
    [
      'one from the layer max_window_layers on',
      { sliding_window: 8, use_sliding_window: true, max_window_layers: 3 },
      [null, null, null, 8],
    ],
    ['28 layers without one by default', { sliding_window: 8, use_sliding_window: true }, [null, null, null, null]],
    ['4096 tokens by default', { use_sliding_window: true, max_window_layers: 0 }, [4096, 4096, 4096, 4096]],
    ['none where it is null', { sliding_window: null, use_sliding_window: true, max_window_layers: 0 }, [null, null, null, null]],
    [
      'layer_types before max_window_layers',
      { sliding_window: 8, use_sliding_window: true, max_window_layers: 0, layer_types: [sliding, full, sliding, full] },
      [8, null, 8, null],
    ],
    [
      'layer_types of a model without one',
      { sliding_window: null, layer_types: [full, full, full, full] },
      [null, null, null, null],
    ],
    ['a size that is not used', { sliding_window: 0, use_sliding_window: false }, [null, null, null, null]],
  ])('%s', (_name, changed, want) => {
    expect(windows(architecture, changed)).toEqual(want)
  })

  it.each([
    [{ sliding_window: 0, use_sliding_window: true }, 'model.bad-config sliding_window'],
    [{ sliding_window: 2.5 }, 'model.bad-config sliding_window'],
    [{ use_sliding_window: 'yes' }, 'model.bad-config use_sliding_window'],
    [{ layer_types: [full, full, full] }, 'model.bad-config layer_types'],
    [{ layer_types: 'full_attention' }, 'model.bad-config layer_types'],
    [{ sliding_window: 8, layer_types: [sliding, full, full, full] }, 'model.bad-config layer_types'],
    [{ layer_types: [full, 'linear_attention', full, full] }, 'model.unsupported layer_types'],
  ])('refuses %j', (changed, refused) => {
    expect(refusalOf(json(architecture, changed))).toBe(refused)
  })
})

describe('MistralForCausalLM', () => {
  it.each([
    ['every layer', { sliding_window: 8 }, [8, 8, 8, 8]],
    [
      'every layer, whatever the settings of others say',
      { sliding_window: 8, use_sliding_window: false, max_window_layers: 3 },
      [8, 8, 8, 8],
    ],
    ['none where it is null', { sliding_window: null }, [null, null, null, null]],
    ['layer_types that say the same', { sliding_window: 8, layer_types: [sliding, sliding, sliding, sliding] }, [8, 8, 8, 8]],
  ])('%s', (_name, changed, want) => {
    expect(windows('MistralForCausalLM', changed)).toEqual(want)
  })

  it.each([
    [{ sliding_window: 0 }, 'model.bad-config sliding_window'],
    [{ sliding_window: -4 }, 'model.bad-config sliding_window'],
    [{ sliding_window: 8, layer_types: [sliding, full, sliding, full] }, 'model.unsupported layer_types'],
    [{ sliding_window: null, layer_types: [sliding, full, sliding, full] }, 'model.unsupported layer_types'],
  ])('refuses %j', (changed, refused) => {
    expect(refusalOf(json('MistralForCausalLM', changed))).toBe(refused)
  })
})

describe('LlamaForCausalLM', () => {
  it('has none', () => {
    expect(windows('LlamaForCausalLM', { layer_types: [full, full, full, full] })).toEqual([null, null, null, null])
    expect(windows('LlamaForCausalLM', { sliding_window: null, use_sliding_window: true })).toEqual([null, null, null, null])
  })

  it('refuses a file that asks for one', () => {
    expect(refusalOf(json('LlamaForCausalLM', { sliding_window: 4096 }))).toBe('model.unsupported sliding_window')
    expect(refusalOf(json('LlamaForCausalLM', { layer_types: [full, sliding, full, full] }))).toBe(
      'model.unsupported layer_types',
    )
  })
})
