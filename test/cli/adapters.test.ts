// LoRA on the command line: train an adapter, write with it, go on training it, merge it, probe it; and what does not fit is refused.

import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readHeader } from '../../src/formats/safetensors/read.ts'
import { nodeFolder } from '../../src/storage/nodeFolder.ts'
import { jsonOf, poems, refusalOf, tabtune, workplace } from './tabtune.ts'

const place = workplace()
const lora = { r: 4, lora_alpha: 16, target_modules: ['q_proj', 'v_proj', 'up_proj', 'down_proj'], lora_dropout: 0 }
const config = { num_train_epochs: 40, per_device_train_batch_size: 3, learning_rate: 2e-2, lora }
let model = ''
let data = ''
let lines: unknown[] = []

const train = (out: string, ...more: string[]) => ['train', '--model', model, '--data', data, '--out', place.path(out), ...more]
const generate = (of: string, ...more: string[]) =>
  jsonOf(['generate', '--model', of, '--prompt', 'a: hello we', '--max-new-tokens', '8', ...more])

beforeAll(async () => {
  model = await place.model('model')
  data = place.json('data.json', poems)
  lines = await jsonOf(train('adapter', '--config', place.json('config.json', config)))
})

describe('train', () => {
  it('learns with the base as it is, and writes an adapter as PEFT does', async () => {
    const losses = lines.flatMap((line) => (hasLoss(line) ? [line.loss] : []))
    expect(losses.length).toBe(40)
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0))
    expect(readdirSync(place.path('adapter')).sort()).toEqual([
      'adapter_config.json',
      'adapter_model.safetensors',
      'trainer_state.json',
      'training_config.json',
    ])
    const written: unknown = JSON.parse(readFileSync(place.path('adapter/adapter_config.json'), 'utf8'))
    expect(written).toMatchObject({ ...lora, peft_type: 'LORA', task_type: 'CAUSAL_LM', base_model_name_or_path: 'model' })
    const header = await readHeader(nodeFolder(place.path('adapter')), 'adapter_model.safetensors')
    expect(header.size).toBe(2 * 4 * 2)
    const name = 'base_model.model.model.layers.1.mlp.down_proj.lora_A.weight'
    expect(header.get(name)).toMatchObject({ dtype: 'F32', shape: [4, 24] })
  })

  it('goes on with an adapter that is given, by its own settings', async () => {
    const again = { num_train_epochs: 2, per_device_train_batch_size: 3, learning_rate: 1e-3 }
    const more = await jsonOf(train('further', '--adapter', place.path('adapter'), '--config', place.json('again.json', again)))
    const [first] = more
    const last = lines.findLast(hasLoss)
    expect(hasLoss(first) && last && first.loss <= last.loss * 1.05).toBe(true)
    const { r } = JSON.parse(readFileSync(place.path('further/adapter_config.json'), 'utf8'))
    expect(r).toBe(4)
  })
})

it('writes the same with the adapter as with the model that it was merged into', async () => {
  const [beside] = await generate(model, '--adapter', place.path('adapter'))
  const [plain] = await generate(model)
  await jsonOf(['export', '--model', model, '--adapter', place.path('adapter'), '--format', 'hf', '--out', place.path('merged')])
  const [merged] = await generate(place.path('merged'))
  expect(beside).toMatchObject({ text: '12' })
  expect(merged).toMatchObject({ text: '12' })
  expect(plain).not.toMatchObject({ text: '12' })
})

it('exports an adapter that was only read, number by number the same', async () => {
  const out = place.path('copied')
  await jsonOf(['export', '--model', model, '--adapter', place.path('adapter'), '--format', 'peft', '--out', out])
  for (const name of ['adapter_model.safetensors', 'adapter_config.json'])
    expect(readFileSync(`${out}/${name}`)).toEqual(readFileSync(place.path(`adapter/${name}`)))
})

it('says what an adapter is', async () => {
  expect(await jsonOf(['inspect', place.path('adapter')])).toEqual([
    expect.objectContaining({ kind: 'adapter', r: 4, lora_alpha: 16, modules: 8, baseModel: 'model', dtype: 'F32' }),
  ])
  const { out } = await tabtune(['inspect', place.path('adapter')])
  expect(out).toContain('beside 8 linear layers (q_proj, v_proj, up_proj, down_proj)')
})

it('probes what is trained: with an adapter its own parameters', async () => {
  const batch = place.json('batch.json', {
    input_ids: [
      [5, 6, 7, 264],
      [264, 264, 9, 8],
    ],
    attention_mask: [
      [1, 1, 1, 1],
      [0, 0, 1, 1],
    ],
    labels: [
      [-100, -100, 7, 264],
      [-100, -100, -100, 8],
    ],
  })
  const probe = (...more: string[]) => ['probe', '--model', model, '--batch', batch, ...more]
  await jsonOf(probe('--out', place.path('full.safetensors')))
  await jsonOf(probe('--adapter', place.path('adapter'), '--out', place.path('lora.safetensors')))
  const [full, adapted] = [
    await readHeader(nodeFolder(place.path('.')), 'full.safetensors'),
    await readHeader(nodeFolder(place.path('.')), 'lora.safetensors'),
  ]
  expect(full.get('logits')?.shape).toEqual([2, 4, 265])
  expect(full.get('loss')?.shape).toEqual([1])
  expect(full.get('grad.model.embed_tokens.weight')?.shape).toEqual([265, 16])
  const names = [...adapted.keys()].filter((name) => name.startsWith('grad.'))
  expect(names.length).toBe(16)
  expect(names.every((name) => /^grad\.base_model\.model\.model\.layers\.\d\..*\.lora_[AB]\.weight$/.test(name))).toBe(true)
})

describe('refused with status 1', () => {
  const rows = (change: object) =>
    place.json('bad.json', { input_ids: [[5, 6, 7]], attention_mask: [[1, 1, 1]], labels: [[-100, 6, 7]], ...change })
  it.each([
    ['an id that the model has not', { input_ids: [[5, 6, 999]] }, 'The token id 999 is unknown'],
    ['rows of two lengths', { labels: [[-100, 6]] }, 'labels has not 1 rows of 3'],
    ['a hole in the mask', { attention_mask: [[1, 0, 1]] }, 'attention_mask, row 0'],
    ['nothing to learn', { labels: [[5, -100, -100]] }, 'labels holds no token to learn'],
    ['labels at padding', { attention_mask: [[1, 0, 0]], labels: [[-100, 6, 7]] }, 'is learned behind padding'],
    ['no mask', { attention_mask: undefined }, 'attention_mask'],
  ])('a batch with %s', async (_, change, said) => {
    const out = place.path('none.safetensors')
    expect(await refusalOf(['probe', '--model', model, '--batch', rows(change), '--out', out], 1)).toContain(said)
  })

  it('an adapter of another model, and one of another kind', async () => {
    const other = await place.model('other', { config: { num_hidden_layers: 1 }, seed: 3, tensors: withoutLayer(1) })
    expect(await refusalOf(['generate', '--model', other, '--adapter', place.path('adapter'), '--prompt', 'a'], 1)).toContain(
      'model.layers.1',
    )
    const written = JSON.parse(readFileSync(place.path('adapter/adapter_config.json'), 'utf8'))
    place.write('dora/adapter_model.safetensors', readFileSync(place.path('adapter/adapter_model.safetensors')))
    place.json('dora/adapter_config.json', { ...written, use_dora: true })
    expect(await refusalOf(['generate', '--model', model, '--adapter', place.path('dora'), '--prompt', 'a'], 1)).toContain(
      'use_dora',
    )
  })

  it.each([
    ['a layer that is none', { target_modules: ['query'] }, 'has query, which is no linear layer'],
    ['no layers', { target_modules: [] }, 'must name a linear layer'],
    ['a rank of zero', { r: 0 }, 'lora.r: must be at least 1'],
  ])('settings with %s', async (_, change, said) => {
    const file = place.json('bad-lora.json', { ...config, lora: { ...lora, ...change } })
    expect(await refusalOf(train('never', '--config', file), 1)).toContain(said)
  })

  it('settings of another rank than the adapter that is open', async () => {
    const file = place.json('other-rank.json', { ...config, lora: { ...lora, r: 8 } })
    const said = await refusalOf(train('never', '--adapter', place.path('adapter'), '--config', file), 1)
    expect(said).toContain('lora.r: is 8, the open adapter has 4')
  })
})

/** Every tensor of a layer, to be left out. */
function withoutLayer(layer: number): Record<string, null> {
  const parts = [
    ...['q', 'k', 'v'].flatMap((part) => [`self_attn.${part}_proj.weight`, `self_attn.${part}_proj.bias`]),
    ...['self_attn.o_proj', 'mlp.gate_proj', 'mlp.up_proj', 'mlp.down_proj', 'input_layernorm', 'post_attention_layernorm'].map(
      (part) => `${part}.weight`,
    ),
  ]
  return Object.fromEntries(parts.map((part): [string, null] => [`model.layers.${layer}.${part}`, null]))
}

function hasLoss(line: unknown): line is { loss: number } {
  return typeof line === 'object' && line !== null && 'loss' in line && typeof line.loss === 'number'
}
