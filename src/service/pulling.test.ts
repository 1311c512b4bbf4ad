// Which models are taken from a Hub, which are refused before their weights are fetched, and that what was pulled opens.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HubFiles, type LoopbackHub, loopbackHub } from '../../test/hub/loopbackHub.ts'
import { type MemoryPartialFolder, memoryPartialFolder } from '../../test/memoryPartialFolder.ts'
import { quietly, sourceOf, type TinyFolder, testStudio, tinyFolderFiles } from '../../test/studio.ts'
import { ProblemError } from '../problem/problem.ts'
import type { PullRequest } from '../protocol/hub.ts'
import { type FoundModel, findModelOnHub } from './pulling.ts'

let hub: LoopbackHub
beforeAll(async () => {
  hub = await loopbackHub()
})
afterAll(() => hub.close())

async function tinyFiles(options?: TinyFolder): Promise<Record<string, Uint8Array | string>> {
  const files = await tinyFolderFiles(options)
  return Object.fromEntries(
    await Promise.all(files.map(async ({ path, file }) => [path, new Uint8Array(await file.arrayBuffer())] as const)),
  )
}

type Pull = Partial<PullRequest> & { folder?: MemoryPartialFolder }

/** Pulls into a folder in memory, as the command line does into one on disk. */
async function pull(repository: string, { folder = memoryPartialFolder('m'), ...more }: Pull = {}) {
  const request = { revision: null, endpoint: hub.url, token: null, ...more, repository }
  const found = await findModelOnHub(request, new AbortController().signal)
  await found.fetchInto(folder, () => undefined)
  return found
}
const paths = ({ files }: FoundModel) => files.map(({ path }) => path)

async function refusalOf(name: string, files: HubFiles) {
  hub.push(name, files)
  hub.asked.length = 0
  const folder = memoryPartialFolder('m')
  const error = await pull(name, { folder }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error(`no problem, but ${String(error)}`)
  expect([...folder.whole.keys(), ...(await folder.partials())]).toEqual([])
  expect(hub.asked.filter(({ fromStore }) => fromStore)).toEqual([])
  return error.problem
}

it('takes what a model is opened from, and nothing that other programs read; it then opens', async () => {
  const files = await tinyFiles()
  const sha = hub.push('tiny/one', {
    ...files,
    'pytorch_model.bin': 'x',
    'onnx/model.onnx': 'x',
    'vocab.json': '{}',
    '.gitattributes': '*',
  })
  const folder = memoryPartialFolder('m')
  const pulled = await pull('tiny/one', { folder })
  expect(pulled).toMatchObject({ repository: 'tiny/one', commit: sha })
  expect(paths(pulled).sort()).toEqual(['LICENSE', 'config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'])
  const source = sourceOf(
    'one',
    [...folder.whole].map(([path, bytes]) => ({ path, file: new Blob([bytes]) })),
  )
  expect(await testStudio().handlers.openModel({ source }, quietly())).toMatchObject({ architecture: 'Qwen2ForCausalLM' })
})

it('takes the shards that the index names', async () => {
  const { 'model.safetensors': weights = '', ...rest } = await tinyFiles()
  const index = {
    weight_map: {
      a: 'model-00002-of-00002.safetensors',
      b: 'model-00001-of-00002.safetensors',
      c: 'model-00001-of-00002.safetensors',
    },
  }
  const shards = {
    'model.safetensors.index.json': JSON.stringify(index),
    'model-00001-of-00002.safetensors': weights,
    'model-00002-of-00002.safetensors': 'x',
  }
  hub.push('tiny/shards', { ...rest, ...shards, 'model-extra.safetensors': 'x' })
  expect(paths(await pull('tiny/shards')).slice(-3)).toEqual(Object.keys(shards))
  const { 'model-00002-of-00002.safetensors': _, ...fewer } = shards
  expect(await refusalOf('tiny/fewer', { ...rest, ...fewer })).toMatchObject({
    code: 'hub.no-shards',
    values: { file: 'model-00002-of-00002.safetensors' },
  })
})

it('takes a revision', async () => {
  const files = await tinyFiles()
  const first = hub.push('tiny/revisions', files)
  hub.push('tiny/revisions', { ...files, LICENSE: 'another' })
  expect((await pull('tiny/revisions', { revision: first })).commit).toBe(first)
})

it('refuses GGUF and .bin alone, no tokenizer.json, an adapter, and an architecture that is not built here, by name', async () => {
  const { 'model.safetensors': _, ...unweighted } = await tinyFiles()
  expect(await refusalOf('bad/gguf', { 'README.md': '', 'q4.gguf': 'x', 'q8.gguf': 'x' })).toMatchObject({
    code: 'hub.no-safetensors',
    values: { found: 'q4.gguf, q8.gguf' },
  })
  expect(await refusalOf('bad/bin', { ...unweighted, 'pytorch_model.bin': 'x' })).toMatchObject({ code: 'hub.no-safetensors' })
  expect(
    await refusalOf('bad/tokenizer', { ...(await tinyFiles({ withTokenizer: false })), 'tokenizer.model': 'x' }),
  ).toMatchObject({
    code: 'hub.no-tokenizer',
    values: { found: 'tokenizer.model' },
  })
  expect(await refusalOf('bad/adapter', { 'adapter_config.json': '{}', 'adapter_model.safetensors': 'x' })).toMatchObject({
    code: 'hub.no-config',
    values: { found: 'adapter_config.json, adapter_model.safetensors' },
  })
  const mamba = await tinyFiles({ config: { architectures: ['MambaForCausalLM'], model_type: 'mamba' } })
  expect(await refusalOf('bad/mamba', mamba)).toMatchObject({
    code: 'model.unsupported',
    values: { found: 'MambaForCausalLM', supported: expect.stringContaining('Qwen2ForCausalLM') },
  })
})

it('refuses a name, an endpoint and a server that are none', async () => {
  await expect(pull('not a name')).rejects.toMatchObject({ problem: { code: 'hub.bad-name' } })
  await expect(pull('tiny/one', { endpoint: 'ftp://x' })).rejects.toMatchObject({ problem: { code: 'hub.bad-endpoint' } })
  hub.push('tiny/odd', {})
  await expect(pull('tiny/odd')).rejects.toMatchObject({ problem: { code: 'hub.no-config', values: { found: '' } } })
})

it('leaves alone a folder that holds something else', async () => {
  const files = await tinyFiles()
  hub.push('tiny/taken', files)
  for (const [path, content] of [
    ['config.json', '{"mine": 1}'],
    ['other.safetensors', 'mine'],
  ] as const) {
    const folder = memoryPartialFolder('m')
    folder.whole.set(path, new TextEncoder().encode(content))
    await expect(pull('tiny/taken', { folder })).rejects.toMatchObject({
      problem: { code: 'hub.folder-taken', values: { files: path } },
    })
    expect(new TextDecoder().decode(folder.whole.get(path))).toBe(content)
  }
})
