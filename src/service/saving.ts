// What leaves: a slot's model as the files of a Hugging Face folder, or its adapter as PEFT's, and the run's history.

import { floatsOf, type Weight } from '../engine/weight.ts'
import { type ExtraFile, jsonFile, modelFolderFiles } from '../formats/huggingface/write.ts'
import type { Json } from '../formats/json.ts'
import { adapterFolderFiles } from '../formats/peft/write.ts'
import type { FloatDtype } from '../formats/safetensors/dtype.ts'
import type { TokenizerJsons } from '../formats/tokenizer/addPadToken.ts'
import type { Adapter } from '../models/adapter.ts'
import { mergedParameter } from '../models/held.ts'
import { parameterShapes } from '../models/parameters.ts'
import { ProblemError } from '../problem/problem.ts'
import type { SavedFile, SaveForm, SaveRequest, Slot } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import type { ShelfAbout } from '../protocol/shelf.ts'
import { directoryFolder } from '../storage/directoryFolder.ts'
import type { StreamedFile } from '../storage/folder.ts'
import { zipBlob } from '../storage/zipFolder.ts'
import { paddingOf } from './padding.ts'
import { keepOnShelf } from './shelf.ts'
import { decoderOf, exclusively, modelOf, type RunHistory, type Studio, throwIfCancelled } from './studio.ts'

type ShelfPlace = Extract<SaveRequest['to'], { kind: 'shelf' }>

/** The files of a slot in one form or the other, and where it was trained its history and settings. */
export function slotFiles(studio: Studio, slot: Slot, form: SaveForm): StreamedFile[] {
  return form.kind === 'adapter' ? adapterFiles(studio, slot) : modelFiles(studio, slot, form.dtype)
}

/** What was opened, with the slot's own weights, its adapter merged into them. */
function modelFiles(studio: Studio, slot: Slot, wanted: 'checkpoint' | FloatDtype): StreamedFile[] {
  const model = modelOf(studio)
  const { files } = model
  const settings = studio.histories[slot]?.settings
  const added = settings ? paddingOf(model, settings).added : null
  const decoder = decoderOf(studio, slot)
  const { config } = decoder
  return modelFolderFiles({
    config: { ...files.config, vocab_size: config.vocab_size },
    generationConfig: files.generationConfig,
    carried: files.carried,
    extra: [...historyFiles(studio, slot), ...(added ? tokenizerFiles(added) : [])],
    tensors: parameterShapes(config).map(({ name, shape }) => ({
      name,
      shape,
      dtype: wanted === 'checkpoint' ? storedDtype(files) : wanted,
      // One at a time, so that a merged model is never held beside the one with its adapter.
      values: () => floatsOf(mergedParameter(decoder, name)),
    })),
  })
}

/** What "as the checkpoint" writes: one of mixed or other dtypes is written in F32. */
function storedDtype({ dtype }: { dtype: string }): FloatDtype {
  return dtype === 'BF16' || dtype === 'F16' ? dtype : 'F32'
}

/** The tokenizer's files in the place of those that were opened. */
function tokenizerFiles({ tokenizer, tokenizerConfig, specialTokensMap }: TokenizerJsons): ExtraFile[] {
  return [
    { path: 'tokenizer.json', json: tokenizer },
    ...(tokenizerConfig ? [{ path: 'tokenizer_config.json', json: tokenizerConfig }] : []),
    ...(specialTokensMap ? [{ path: 'special_tokens_map.json', json: specialTokensMap }] : []),
  ]
}

/** The slot's adapter as PEFT saves it. Rejects with `run.no-adapter` where it has none. */
function adapterFiles(studio: Studio, slot: Slot): StreamedFile[] {
  const { files, adapterFiles: opened } = modelOf(studio)
  const { adapter } = decoderOf(studio, slot)
  if (adapter === null) throw new ProblemError({ code: 'run.no-adapter', values: { slot }, where: '' })
  const named = files.config._name_or_path
  return adapterFolderFiles({
    config: opened?.config ?? null,
    settings: { ...adapter.settings, target_modules: savedTargets(adapter) },
    baseModel: typeof named === 'string' && named !== '' ? named : files.name,
    extra: historyFiles(studio, slot),
    carried: opened?.carried ?? [],
    tensors: Object.entries(adapter.weights).map(([name, tensor]) => ({
      name,
      shape: tensor.shape,
      dtype: 'F32',
      values: () => floatsOf(tensor),
    })),
  })
}

/** PEFT writes the names that "all-linear" came to, so that the adapter does not depend on what a later model has. */
function savedTargets({ settings, scales }: Adapter<Weight>): string | readonly string[] {
  if (settings.target_modules !== 'all-linear') return settings.target_modules
  return [...new Set(Object.keys(scales).map((module) => module.slice(module.lastIndexOf('.') + 1)))]
}

function historyFiles({ histories }: Studio, slot: Slot): ExtraFile[] {
  const history = histories[slot]
  if (!history) return []
  return [
    { path: 'trainer_state.json', json: trainerState(history) },
    { path: 'training_config.json', json: asJson(history.settings) },
  ]
}

/** Saves into one zip file or into the person's folder. A failure leaves the model held, and no half-written file. */
export function saveModel(
  studio: Studio,
  { slot, name, form, to }: SaveRequest,
  { tell, signal }: { tell: (progress: Progress) => void; signal: AbortSignal },
): Promise<SavedFile> {
  return exclusively(studio, 'saving', async () => {
    const files = counted(slotFiles(studio, slot, form), tell, signal)
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    try {
      if (to.kind === 'shelf') {
        const item = await keepOnShelf(studio, name, aboutSaved(studio, slot, form, to), files)
        return { name: item.name, content: null, bytes: item.bytes }
      }
      if (to.kind === 'zip') {
        const inFolder = files.map((file) => ({ ...file, path: `${name}/${file.path}` }))
        const content = await zipBlob(inFolder)
        return { name: `${name}.zip`, content, bytes: content.size }
      }
      const folder = directoryFolder(to.folder)
      for (const file of files) await folder.write(file.path, file.chunks())
      return { name: to.folder.name, content: null, bytes }
    } catch (error) {
      throwIfCancelled(signal, 'saveModel')
      if (error instanceof ProblemError) throw error
      const message = error instanceof Error ? error.message : String(error)
      throw new ProblemError({ code: 'run.cannot-write', values: { message }, where: name })
    }
  })
}

/** What the shelf shows of a model or adapter. */
function aboutSaved(studio: Studio, slot: Slot, form: SaveForm, { run, base }: ShelfPlace): ShelfAbout {
  const { summary } = modelOf(studio)
  const { adapter } = decoderOf(studio, slot)
  if (form.kind === 'adapter') {
    const parameters = Object.values(adapter?.weights ?? {}).reduce((sum, { size }) => sum + size, 0)
    return { kind: 'adapter', r: adapter?.settings.r ?? 0, parameters, baseName: summary.name, base, run }
  }
  const { architecture, parameters, license } = summary
  return {
    kind: 'model',
    architecture,
    parameters,
    dtype: form.dtype === 'checkpoint' ? storedDtype(summary) : form.dtype,
    license,
    run,
    hub: null,
  }
}

/** The same files, telling how far they are and ending when the person cancels. */
function counted(files: readonly StreamedFile[], tell: (progress: Progress) => void, signal: AbortSignal): StreamedFile[] {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  let done = 0
  return files.map((file) => ({
    ...file,
    chunks: async function* () {
      for await (const chunk of file.chunks()) {
        throwIfCancelled(signal, 'saveModel')
        yield chunk
        done += chunk.length
        tell({ work: 'saving', done, total, unit: 'bytes' })
      }
    },
  }))
}

/** The last run's trainer_state.json, as Trainer writes it. */
export async function saveHistory(studio: Studio, { slot }: { slot: Slot }): Promise<SavedFile> {
  const history = studio.histories[slot]
  if (!history) throw new ProblemError({ code: 'run.not-trained', values: { slot }, where: '' })
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of jsonFile('trainer_state.json', trainerState(history)).chunks()) parts.push(chunk)
  const content = new Blob(parts, { type: 'application/json' })
  return { name: 'trainer_state.json', content, bytes: content.size }
}

/** Steps, and behind the last one of an epoch what was measured there. */
function logHistory({ settings, steps, epochs, heldOut }: RunHistory): Json[] {
  const batches = Math.ceil(heldOut / settings.per_device_eval_batch_size)
  return steps.flatMap(({ step, epoch, loss, gradNorm, learningRate }): Json[] => {
    const measured = epochs.find((ended) => ended.step === step)
    const logged = { epoch, grad_norm: gradNorm, learning_rate: learningRate, loss, step }
    if (!measured || measured.evalLoss === null) return [logged]
    const { evalLoss, evalSeconds } = measured
    return [
      logged,
      {
        epoch,
        eval_loss: evalLoss,
        eval_runtime: evalSeconds,
        eval_samples_per_second: heldOut / evalSeconds,
        eval_steps_per_second: batches / evalSeconds,
        step,
      },
    ]
  })
}

function trainerState(history: RunHistory): Json {
  const { settings, steps, best, totalSteps } = history
  return {
    best_global_step: best?.step ?? null,
    best_metric: best?.evalLoss ?? null,
    best_model_checkpoint: null,
    epoch: steps.at(-1)?.epoch ?? 0,
    global_step: steps.length,
    is_hyper_param_search: false,
    is_local_process_zero: true,
    is_world_process_zero: true,
    log_history: logHistory(history),
    logging_steps: 1,
    max_steps: totalSteps,
    num_train_epochs: settings.num_train_epochs,
    save_steps: settings.save_steps,
    train_batch_size: settings.per_device_train_batch_size,
  }
}

/** Settings are plain data; spelled out because a type of named fields is no index of names. */
function asJson(settings: RunHistory['settings']): Json {
  const { lora, ...plain } = settings
  return { ...plain, lora: lora === null ? null : { ...lora } }
}
