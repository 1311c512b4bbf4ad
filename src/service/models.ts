// Opens models: checks config.json against the weights, which stay at rest, and carries what is on a device over when that changes.
// Nothing of the model that was open is touched before the new one is whole.

import { type StartedBackend, startBackend } from '../engine/backends/start.ts'
import { openDevice } from '../engine/backends/webgpu.ts'
import { compileKernels } from '../engine/targets/cpu/kernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { threadsToBeHad } from '../engine/targets/cpu/threads.ts'
import { webGpuTarget } from '../engine/targets/webgpu/machine.ts'
import { isResting, restingIn, valuesOf, type Weight } from '../engine/weight.ts'
import { type ModelFiles, openModelFolder } from '../formats/huggingface/open.ts'
import { linearModules } from '../models/adapter.ts'
import { type DecoderConfig, readDecoderConfig } from '../models/config.ts'
import { type Decoder, mapWeights } from '../models/decoder.ts'
import { disposeDecoder } from '../models/held.ts'
import { isComputed, parameterCount, parameterShapes } from '../models/parameters.ts'
import { ProblemError } from '../problem/problem.ts'
import type { BackendReport, BackendRequest, EngineName } from '../protocol/backend.ts'
import type { ModelSource, ModelSummary } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import type { Folder } from '../storage/folder.ts'
import { idsOnlyTokenizer } from './idsOnlyTokenizer.ts'
import { kernelChoicesFor } from './kernelChoices.ts'
import { forgetPlaced } from './placing.ts'
import { restingWeights, withSmallWeightsKept } from './restingWeights.ts'
import { keptFolder } from './shelf.ts'
import { exclusively, type OpenModel, type Studio, throwIfCancelled } from './studio.ts'

type Context = { tell: (progress: Progress) => void; signal: AbortSignal }

/** Starts a backend. Weights of an open model that are on a device are brought to rest before, so nothing is lost with it. */
export function chooseBackend(studio: Studio, request: BackendRequest, { tell }: Context): Promise<BackendReport> {
  return exclusively(studio, 'starting the backend', async () => {
    tell({ work: 'starting', done: 0, total: null, unit: 'tensors' })
    forgetPlaced(studio)
    if (studio.model !== null) studio.model.slots = await mapSlots(studio.model.slots, offDevice)
    await start(studio, request)
    if (studio.backend === null) throw new Error('no backend was started')
    return studio.backend
  })
}

/** The plan engine runs on wasm and on webgpu, and is the one taken there; elsewhere, and where it was not asked for, ops run one by one. */
async function start(studio: Studio, { choice, engine, threads }: BackendRequest): Promise<void> {
  const started = await startBackend(choice, studio.host.backend)
  const device = started.backend === 'webgpu' ? openDevice() : null
  const { kernels } = studio.host
  // Fetched now, so that a run needs nothing of the server.
  const fetched = kernels !== null && started.backend === 'wasm' ? await failureOf(compileKernels(kernels)) : null
  const onCpu = started.backend === 'wasm' && fetched === null ? kernels : null
  if (engine === 'plan' && device === null && onCpu === null) {
    const reason = fetched ?? `the engine "plan" runs on wasm and webgpu, and this is ${started.backend}`
    throw new ProblemError({ code: 'run.backend', values: { backend: started.backend, reason }, where: '' })
  }
  if (engine !== 'eager' && onCpu !== null) {
    const { count, refused } = await threadsToBeHad(onCpu, threads ?? onCpu.threads)
    studio.backend = { ...started, engine: 'plan', threads: count, threadsRefused: refused }
    studio.target = cpuTarget(onCpu, count)
    return
  }
  const planned = engine !== 'eager' && device !== null
  const own = planned ? ('plan' as const) : ('eager' as const)
  if (threads !== undefined && threads > started.threads) throw tooManyThreads(started, own, threads)
  studio.backend = { ...started, engine: own, threadsRefused: '' }
  studio.target = planned ? webGpuTarget(device, { choices: await kernelChoicesFor(device, studio.host.gpuTrial) }) : null
}

/** What went wrong; null where nothing did. */
async function failureOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function tooManyThreads({ backend, threads }: StartedBackend, engine: EngineName, wanted: number): ProblemError {
  const reason = `the engine "${engine}" has ${threads} here, not the ${wanted} threads that were asked for`
  return new ProblemError({ code: 'run.backend', values: { backend, reason }, where: '' })
}

type Slots = OpenModel['slots']

/** All slots with each of their weights made into something else; what was there is freed. */
async function mapSlots({ base, tuned, twin }: Slots, map: (weight: Weight) => Promise<Weight>): Promise<Slots> {
  const mapped = async (decoder: Decoder<Weight>) => {
    const made = await mapWeights(decoder, map)
    disposeDecoder(decoder)
    return made
  }
  return { base: await mapped(base), tuned: tuned && (await mapped(tuned)), twin: twin && (await mapped(twin)) }
}

async function offDevice(weight: Weight): Promise<Weight> {
  return isResting(weight) ? weight : restingIn(await valuesOf(weight), weight.shape)
}

/** Opens a base model; what was tuned from the one before is given up only when the new one is whole. */
export function openModel(studio: Studio, source: ModelSource, { tell, signal }: Context): Promise<ModelSummary> {
  return exclusively(studio, 'opening a model', async () => {
    if (studio.backend === null) await start(studio, { choice: 'auto' })
    const found = await folderOf(studio, source, { tell, signal })
    const { folder, keptBytes } = await withSmallWeightsKept(found, source.kind === 'embedded')
    const files = await openModelFolder(folder)
    const config = readDecoderConfig(files.config)
    const tokenizer = files.tokenizer ?? idsOnlyTokenizer(config, files.generationConfig)
    if (tokenizer.size > config.vocab_size) {
      throw new ProblemError({
        code: 'model.vocabulary',
        values: { tokens: tokenizer.size, rows: config.vocab_size },
        where: folder.name,
      })
    }
    checkWeights(files, config)
    const { weights, bf16 } = await restingWeights(files.weights, parameterShapes(config), files.name, { tell, signal })
    forgetModel(studio)
    const model: OpenModel = {
      files,
      config,
      tokenizer,
      bf16,
      keptBytes,
      adapterFiles: null,
      slots: { base: { config, weights, adapter: null }, tuned: null, twin: null },
      summary: summaryOf(files, config, tokenizer),
    }
    studio.model = model
    return model.summary
  })
}

/** An archive that is none, or a server that does not answer, is no fault of ours: `model.unreadable`. */
export async function folderOf(studio: Studio, source: ModelSource, { tell, signal }: Context): Promise<Folder> {
  if (source.kind === 'shelf') return keptFolder(studio, source.id)
  try {
    return await studio.host.folderOf(source, (done, total) => tell({ work: 'loadingModel', done, total, unit: 'bytes' }), signal)
  } catch (error) {
    throwIfCancelled(signal, 'openModel')
    if (error instanceof ProblemError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({
      code: 'model.unreadable',
      values: { message },
      where: source.kind === 'embedded' ? '' : source.name,
    })
  }
}

/** Names and shapes, before a number is read. A tied head that was stored all the same is no surplus. */
function checkWeights({ weights, name }: ModelFiles, config: DecoderConfig): void {
  const expected = parameterShapes(config)
  const there = new Set(weights.names.filter((stored) => !isComputed(stored)))
  for (const { name: tensor, shape } of expected) {
    if (!there.delete(tensor))
      throw new ProblemError({ code: 'model.missing-tensor', values: { tensor, shape: shape.join(', ') }, where: name })
    const found = weights.shapeOf(tensor)
    if (found.join() !== shape.join()) {
      throw new ProblemError({
        code: 'model.wrong-shape',
        values: { tensor, expected: shape.join(', '), found: found.join(', ') },
        where: name,
      })
    }
  }
  if (config.tie_word_embeddings) there.delete('lm_head.weight')
  if (there.size > 0) {
    const tensors = [...there].slice(0, 5).join(', ') + (there.size > 5 ? ` and ${there.size - 5} more` : '')
    throw new ProblemError({ code: 'model.surplus-tensors', values: { tensors }, where: name })
  }
}

function forgetModel(studio: Studio): void {
  forgetPlaced(studio)
  for (const slot of Object.values(studio.model?.slots ?? {})) if (slot !== null) disposeDecoder(slot)
  studio.model = null
  studio.prepared = null
  studio.histories = {}
}

function summaryOf(files: ModelFiles, config: DecoderConfig, tokenizer: OpenModel['tokenizer']): ModelSummary {
  const license = files.carried.find(({ path }) => /^LICEN[SC]E/i.test(path))
  return {
    name: files.name,
    architecture: config.architecture,
    parameters: parameterCount(config),
    bytesOnDisk: files.bytesOnDisk,
    dtype: files.dtype,
    hidden_size: config.hidden_size,
    num_hidden_layers: config.num_hidden_layers,
    num_attention_heads: config.num_attention_heads,
    num_key_value_heads: config.num_key_value_heads,
    intermediate_size: config.intermediate_size,
    vocab_size: config.vocab_size,
    max_position_embeddings: config.max_position_embeddings,
    tied: config.tie_word_embeddings,
    endToken: tokenizer.endToken.text,
    padToken: tokenizer.padToken.text,
    hasChatTemplate: tokenizer.renderChat !== null,
    license: license
      ? (
          new TextDecoder()
            .decode(license.bytes)
            .split('\n')
            .find((line) => line.trim() !== '') ?? ''
        ).trim()
      : '',
    linear_layers: linearModules(config),
    bytesCarried: files.carried.reduce((sum, { bytes }) => sum + bytes.length, 0),
    adapter: null,
  }
}
