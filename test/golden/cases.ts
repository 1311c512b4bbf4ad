// A reference case, opened and run through the services that the page and the command line use:
// probed, trained, written with, and how far all of it is from Hugging Face's numbers.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSettings, type Settings } from '../../src/config/settings.ts'
import { readHeader, readTensor } from '../../src/formats/safetensors/read.ts'
import { disposeDecoder } from '../../src/models/held.ts'
import type { BackendName, EngineName } from '../../src/protocol/backend.ts'
import type { Slot } from '../../src/protocol/model.ts'
import { probeModel, readProbeBatch } from '../../src/service/probing.ts'
import { slotFiles } from '../../src/service/saving.ts'
import { modelOf } from '../../src/service/studio.ts'
import { greedy } from '../../src/sft/evaluate.ts'
import { blobFolder } from '../../src/storage/blobFolder.ts'
import type { Folder } from '../../src/storage/folder.ts'
import { nodeFolder } from '../../src/storage/nodeFolder.ts'
import { blobsOf, filesIn, listening, type OpenedStudio, quietly, sourceOf, testStudio } from '../studio.ts'
import { type CurveErrors, curveErrors, type Named, relativeError, updateErrors, type Worst, worstOf } from './deviations.ts'

export const caseNames = ['qwen2-tiny', 'llama-tiny', 'qwen3-tiny', 'qwen2-tiny-lora'] as const

export type OpenedCase = { folder: string; opened: OpenedStudio }

/** Opens the model of the case on a backend and an engine, and beside it the adapter in `adapter` where the case has one. */
export async function openCase(
  folder: string,
  adapter: 'adapter' | 'adapter_init',
  choice: BackendName,
  engine: EngineName,
): Promise<OpenedCase> {
  const opened = testStudio()
  const { handlers } = opened
  await handlers.chooseBackend({ choice, engine }, quietly())
  await handlers.openModel({ source: sourceOf('model', filesIn(join(folder, 'model'))) }, quietly())
  const place = join(folder, adapter)
  if (existsSync(place)) await handlers.openAdapter({ source: sourceOf(adapter, filesIn(place)) }, quietly())
  return { folder, opened }
}

/** Frees its tensors. */
export function closeCase({ opened: { studio } }: OpenedCase): void {
  for (const slot of Object.values(modelOf(studio).slots)) if (slot !== null) disposeDecoder(slot)
}

export type ProbeErrors = { logits: number; loss: number; gradient: Worst }

/** Logits at real tokens, loss, and the worst of all gradients. A gradient too many or too few is an infinite error. */
export async function measureProbe({ folder, opened: { studio } }: OpenedCase): Promise<ProbeErrors> {
  const batch = readProbeBatch(studio, jsonIn(folder, 'batch.json'), 'batch.json')
  const { file } = await probeModel(studio, batch, 'probe.safetensors')
  const got = await tensorsIn(blobFolder('probe', await blobsOf([file])), 'probe.safetensors')
  const want = await tensorsIn(nodeFolder(folder), 'expected.safetensors')
  const real = batch.attention_mask.flat()
  const atRealTokens = (values: Float32Array = new Float32Array()) => {
    const width = values.length / real.length
    return values.filter((_, at) => real[Math.floor(at / width)] === 1)
  }
  const gradients = [...new Set([...got.keys(), ...want.keys()])].filter((name) => name.startsWith('grad.'))
  return {
    logits: relativeError(atRealTokens(got.get('logits')), atRealTokens(want.get('logits'))),
    loss: relativeError(got.get('loss') ?? [], want.get('loss') ?? []),
    gradient: worstOf(
      gradients.map((name) => ({
        name: name.slice('grad.'.length),
        error: relativeError(got.get(name) ?? [], want.get(name) ?? [Number.NaN]),
      })),
    ),
  }
}

export type RunErrors = CurveErrors & { update: number; tensorUpdate: Worst; texts: number; textsEqual: number }

/** Trains as the case says; the curve, what is saved of the trained weights, and what base and tuned model write greedily. */
export async function measureRun(opened: OpenedCase): Promise<RunErrors> {
  const { folder } = opened
  const { handlers, studio } = opened.opened
  await handlers.readDataset({ source: { name: 'train.jsonl', content: textIn(folder, 'train.jsonl') }, roles: null }, quietly())
  await handlers.useDataset({ goodRowsOnly: false }, quietly())
  const settings = settingsIn(folder)
  const { context, events } = listening<'train'>()
  await handlers.train({ slot: 'tuned', settings, leaveOutUnlearnable: false, watch: null }, context)
  const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))
  const saved = slotFiles(studio, 'tuned', settings.lora ? { kind: 'adapter' } : { kind: 'model', dtype: 'F32' })
  const got = await weightsIn(blobFolder('saved', await blobsOf(saved)))
  const start = await weightsIn(nodeFolder(join(folder, settings.lora ? 'adapter_init' : 'model')))
  const { all, worst } = updateErrors(got, await tensorsIn(nodeFolder(folder), 'tuned.safetensors'), start)
  const texts = await measureTexts(opened)
  return { ...curveErrors(steps, jsonIn(folder, 'curve.json')), update: all, tensorUpdate: worst, ...texts }
}

type Continuation = { weights: Slot; prompt_ids: number[]; max_new_tokens: number; greedy_ids: number[]; stopped_by_eos: boolean }

async function measureTexts({ folder, opened: { handlers } }: OpenedCase): Promise<{ texts: number; textsEqual: number }> {
  const continuations: Continuation[] = jsonIn(folder, 'generate.json')
  let equal = 0
  for (const { weights, prompt_ids, max_new_tokens, greedy_ids, stopped_by_eos } of continuations) {
    const request = { panes: [{ slot: weights, prompt: prompt_ids }], max_new_tokens, sampling: greedy }
    const [pane] = (await handlers.generate(request, quietly())).panes
    const stopped = stopped_by_eos ? 'end-token' : 'length'
    if (pane?.ids.join() === greedy_ids.join() && pane.stopped === stopped) equal++
  }
  return { texts: continuations.length, textsEqual: equal }
}

export function settingsIn(folder: string): Settings {
  const parsed = parseSettings(jsonIn(folder, 'train_config.json'))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed.settings
}

function textIn(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

function jsonIn(folder: string, name: string) {
  return JSON.parse(textIn(folder, name))
}

async function weightsIn(folder: Folder): Promise<Named> {
  const names = (await folder.list()).map(({ path }) => path)
  const adapter = names.includes('adapter_model.safetensors')
  return tensorsIn(folder, adapter ? 'adapter_model.safetensors' : 'model.safetensors')
}

/** Every tensor of a safetensors file. */
export async function tensorsIn(folder: Folder, name: string): Promise<Map<string, Float32Array>> {
  const tensors = new Map<string, Float32Array>()
  for (const [tensor, entry] of await readHeader(folder, name)) tensors.set(tensor, await readTensor(folder, name, tensor, entry))
  return tensors
}
