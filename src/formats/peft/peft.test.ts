// An adapter written and opened again is the same adapter; PEFT's own come and go without a changed byte;
// one that does not fit the model, or that PEFT would not load like this, is refused by the name of what is wrong.

import { describe, expect, it } from 'vitest'
import { goldenFolder } from '../../../test/golden.ts'
import { folderOf, textFile, textOf } from '../../../test/streamedFolder.ts'
import { ProblemError } from '../../problem/problem.ts'
import type { StreamedFile } from '../../storage/folder.ts'
import { nodeFolder } from '../../storage/nodeFolder.ts'
import { safetensorsFile } from '../huggingface/shards.ts'
import { type JsonObject, parseJson } from '../json.ts'
import { readHeader } from '../safetensors/read.ts'
import type { TensorToWrite } from '../safetensors/write.ts'
import { type AdapterFiles, checkAdapter, openAdapterFolder } from './open.ts'
import { type AdapterToWrite, adapterFolderFiles } from './write.ts'

const tensor = (name: string, shape: readonly number[], first = 1): TensorToWrite => ({
  name,
  shape,
  dtype: 'F32',
  values: async () => Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => first + i),
})

// Two layers of 6 → 4 and 4 → 6, rank 2.
const layers = new Map([
  ['model.layers.0.self_attn.q_proj', { inputs: 6, outputs: 4 }],
  ['model.layers.0.mlp.down_proj', { inputs: 4, outputs: 6 }],
])
const tensors = [...layers].flatMap(([module, { inputs, outputs }], i) => [
  tensor(`${module}.lora_A.weight`, [2, inputs], 10 * i),
  tensor(`${module}.lora_B.weight`, [outputs, 2], 10 * i + 5),
])
const saved = tensors.map((one) => ({ ...one, name: `base_model.model.${one.name}` }))
const settings = { r: 2, lora_alpha: 6, lora_dropout: 0.1, use_rslora: false, target_modules: ['q_proj', 'down_proj'] }
const small: AdapterToWrite = { config: null, settings, baseModel: 'someone/model', tensors, extra: [] }

const configOf = (config: JsonObject) => textFile('adapter_config.json', JSON.stringify(config))
const weightsOf = (list: readonly TensorToWrite[]) => safetensorsFile('adapter_model.safetensors', list)
const opened = async (list: readonly StreamedFile[]) => openAdapterFolder(await folderOf(list))
const openedWith = (config: JsonObject, list: readonly TensorToWrite[] = saved) =>
  opened([configOf({ peft_type: 'LORA', r: 2, ...config }), weightsOf(list)])

async function problemOf(work: Promise<AdapterFiles>) {
  try {
    checkAdapter(await work, layers)
    return null
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
}

describe('written, then opened', () => {
  it('is the same adapter', async () => {
    const adapter = await opened(adapterFolderFiles({ ...small, extra: [{ path: 'trainer_state.json', json: { epoch: 1 } }] }))
    checkAdapter(adapter, layers)
    expect(adapter).toMatchObject({ name: 'chosen', settings, baseModel: 'someone/model', dtype: 'F32' })
    expect([...adapter.modules].sort()).toEqual([...layers.keys()].sort())
    expect([...adapter.weights.names].sort()).toEqual(tensors.map(({ name }) => name).sort())
    for (const { name, shape, values } of tensors) {
      expect(adapter.weights.shapeOf(name)).toEqual(shape)
      expect(await adapter.weights.read(name)).toEqual(await values())
    }
    expect(adapter.carried.map(({ path }) => path)).toEqual(['trainer_state.json'])
  })

  it('has the names of PEFT in its file', async () => {
    const folder = await folderOf(adapterFolderFiles(small))
    const header = await readHeader(folder, 'adapter_model.safetensors')
    expect([...header.keys()].sort()).toEqual(saved.map(({ name }) => name).sort())
  })

  it('keeps every field that it came with, but for what the settings say', async () => {
    const config = { peft_type: 'LORA', r: 2, peft_version: '0.18.0', base_model_name_or_path: 'a/b', task_type: null }
    const adapter = await openedWith(config)
    const files = adapterFolderFiles({ ...small, config: adapter.config, settings: { ...adapter.settings, lora_dropout: 0.5 } })
    expect(parseJson(await textOf(files[0]))).toEqual({
      ...config,
      lora_alpha: 8,
      lora_dropout: 0.5,
      use_rslora: false,
      target_modules: [...layers.keys()].sort(),
    })
  })

  it('carries files beside it, once each', () => {
    const bytes = new TextEncoder().encode('{}')
    const carried = ['LICENSE', 'trainer_state.json', 'adapter_config.json'].map((path) => ({ path, bytes }))
    const files = adapterFolderFiles({ ...small, carried, extra: [{ path: 'trainer_state.json', json: { epoch: 1 } }] })
    const expected = ['adapter_config.json', 'trainer_state.json', 'adapter_model.safetensors', 'LICENSE']
    expect(files.map(({ path }) => path)).toEqual(expected)
  })
})

describe('names', () => {
  it.each([
    ['without the prefix', (name: string) => name],
    ['of a state dict that was never saved', (name: string) => `base_model.model.${name.replace('.weight', '.default.weight')}`],
    ['of an adapter that was given a name', (name: string) => `base_model.model.${name.replace('.weight', '.poet-2.weight')}`],
  ])('%s are read', async (_, rename) => {
    const adapter = await openedWith(
      {},
      tensors.map((one) => ({ ...one, name: rename(one.name) })),
    )
    expect([...adapter.weights.names].sort()).toEqual(tensors.map(({ name }) => name).sort())
    checkAdapter(adapter, layers)
    const [first] = tensors
    if (first) expect(await adapter.weights.read(first.name)).toEqual(await first.values())
  })

  it.each([
    ['model.embed_tokens.weight'],
    ['lm_head.weight'],
    ['model.embed_tokens.lora_embedding_A'],
    ['model.layers.0.self_attn.q_proj.lora_magnitude_vector'],
    ['model.layers.0.self_attn.q_proj.lora_B.bias'],
    ['model.layers.0.self_attn.q_proj.lora_A.other.weight'],
  ])('%s beside them is refused', async (name) => {
    const problem = await problemOf(openedWith({}, [...saved, tensor(`base_model.model.${name}`, [1])]))
    expect(problem).toMatchObject({ code: 'model.adapter-tensor', where: 'chosen/adapter_model.safetensors' })
  })
})

describe('an adapter for another model is refused', () => {
  const q = 'model.layers.0.self_attn.q_proj'
  const instead = (name: string, ...others: readonly TensorToWrite[]) => [
    ...saved.filter((one) => !one.name.endsWith(name)),
    ...others,
  ]
  const at = (module: string, half: 'A' | 'B', shape: readonly number[]) =>
    tensor(`base_model.model.${module}.lora_${half}.weight`, shape)

  it.each([
    ['of other widths', instead(`${q}.lora_A.weight`, at(q, 'A', [2, 7])), `${q}.lora_A.weight`, '2, 7', '2, 6'],
    ['of another rank than it says', instead(`${q}.lora_B.weight`, at(q, 'B', [4, 3])), `${q}.lora_B.weight`, '4, 3', '4, 2'],
    ['transposed', instead(`${q}.lora_A.weight`, at(q, 'A', [6, 2])), `${q}.lora_A.weight`, '6, 2', '2, 6'],
    ['A without B', instead(`${q}.lora_B.weight`), `${q}.lora_B.weight`, '', '4, 2'],
    ['B without A', instead(`${q}.lora_A.weight`), `${q}.lora_A.weight`, '', '2, 6'],
    [
      'of more layers',
      [...saved, at('model.layers.9.mlp.up_proj', 'B', [2, 2])],
      'model.layers.9.mlp.up_proj.lora_B.weight',
      '2, 2',
      '',
    ],
    ['of the head', [...saved, at('lm_head', 'A', [2, 2])], 'lm_head.lora_A.weight', '2, 2', ''],
  ])('%s', async (_, list, tensorName, found, expected) => {
    const problem = await problemOf(openedWith({ base_model_name_or_path: 'other/model' }, list))
    expect(problem).toEqual({
      code: 'model.adapter-mismatch',
      values: { tensor: tensorName, found, expected, base: 'other/model' },
      where: 'chosen',
    })
  })

  it('of fewer layers, where its configuration means more', async () => {
    const problem = await problemOf(openedWith({ target_modules: ['q_proj', 'down_proj'] }, saved.slice(0, 2)))
    expect(problem).toMatchObject({
      code: 'model.adapter-mismatch',
      values: { tensor: 'model.layers.0.mlp.down_proj.lora_A.weight', found: '', expected: '2, 4' },
    })
    expect(await problemOf(openedWith({ target_modules: ['q_proj'] }, saved.slice(0, 2)))).toBe(null)
    expect(await problemOf(openedWith({}, saved.slice(0, 2)))).toBe(null)
  })

  it('with weights beside a layer that its configuration leaves out', async () => {
    expect(await problemOf(openedWith({ target_modules: ['q_proj'] }))).toMatchObject({
      code: 'model.adapter-untargeted',
      values: { tensor: expect.stringContaining('down_proj') },
    })
  })
})

describe('a folder', () => {
  const files = [configOf({ peft_type: 'LORA', r: 2 }), weightsOf(saved)]

  it('may be the one above', async () => {
    const adapter = await openAdapterFolder(await folderOf(files, 'run/checkpoint-10/'))
    expect(adapter.name).toBe('checkpoint-10')
    expect(await adapter.weights.read('model.layers.0.self_attn.q_proj.lora_A.weight')).toHaveLength(12)
  })

  it.each<[string, readonly StreamedFile[], string]>([
    ['without a configuration', files.slice(1), 'model.no-adapter'],
    ['of a whole model', [textFile('config.json', '{}')], 'model.no-adapter'],
    ['with the weights as a pickle', [...files.slice(0, 1), textFile('adapter_model.bin', 'x')], 'model.no-adapter'],
    ['with two adapters', ['a', 'b'].map((name) => textFile(`${name}/adapter_config.json`, '{}')), 'model.no-adapter'],
    ['with half a configuration', [textFile('adapter_config.json', '{"r":'), ...files.slice(1)], 'model.bad-json'],
    ['with half a file', [...files.slice(0, 1), textFile('adapter_model.safetensors', 'half')], 'model.truncated'],
  ])('%s is refused', async (_, list, code) => {
    expect(await problemOf(opened(list))).toMatchObject({ code })
  })
})

const golden = goldenFolder()
describe.skipIf(golden === null)("PEFT's own", () => {
  const place = `${golden}/qwen2-tiny-lora`

  async function modelLayers() {
    const header = await readHeader(nodeFolder(`${place}/model`), 'model.safetensors')
    return new Map(
      [...header].flatMap(
        ([
          name,
          {
            shape: [outputs = 0, inputs = 0],
          },
        ]) => (name.endsWith('_proj.weight') ? [[name.slice(0, -'.weight'.length), { inputs, outputs }] as const] : []),
      ),
    )
  }

  it.each(['adapter', 'adapter_init'])('%s fits its model, and leaves as it came', async (name) => {
    const folder = nodeFolder(`${place}/${name}`)
    const adapter = await openAdapterFolder(folder)
    checkAdapter(adapter, await modelLayers())
    expect(adapter.modules).toHaveLength(14)
    expect(adapter.settings).toMatchObject({ r: 4, lora_alpha: 8, lora_dropout: 0, use_rslora: false })
    expect(adapter.scaleOf('model.layers.1.mlp.up_proj')).toBe(2)

    const { config, weights, settings: read, baseModel } = adapter
    const copies = weights.names.map(
      (plain): TensorToWrite => ({ name: plain, shape: weights.shapeOf(plain), dtype: 'F32', values: () => weights.read(plain) }),
    )
    for (const again of [config, null]) {
      const written = await folderOf(adapterFolderFiles({ config: again, settings: read, baseModel, tensors: copies, extra: [] }))
      for (const { path, bytes } of await folder.list()) {
        const came = await folder.read(path, 0, bytes)
        const size = (await written.list()).find((entry) => entry.path === path)?.bytes ?? 0
        const left = await written.read(path, 0, size)
        if (path === 'adapter_model.safetensors') expect(Buffer.compare(came, left)).toBe(0)
        else expect(parseJson(new TextDecoder().decode(left))).toEqual(parseJson(new TextDecoder().decode(came)))
      }
    }
  })

  it('is not for a model of other sizes', async () => {
    const adapter = await openAdapterFolder(nodeFolder(`${place}/adapter`))
    const wider = new Map(
      [...(await modelLayers())].map(([name, { inputs, outputs }]) => [name, { inputs: inputs + 2, outputs }]),
    )
    expect(() => checkAdapter(adapter, wider)).toThrow('This adapter was made for another model (../model)')
  })
})
