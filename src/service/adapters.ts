// Opens a LoRA adapter beside the base model: checked against the model's linear layers before a number is read,
// and nothing of what was there is touched before it is whole.

import { disposeAll, fromValues, type Tensor } from '../engine/tensor.ts'
import { type AdapterFiles, checkAdapter, openAdapterFolder } from '../formats/peft/open.ts'
import { type Adapter, linearModules, targetedModules } from '../models/adapter.ts'
import type { DecoderConfig } from '../models/config.ts'
import type { AdapterSummary, ModelSource, ModelSummary } from '../protocol/model.ts'
import type { Progress } from '../protocol/progress.ts'
import type { Folder } from '../storage/folder.ts'
import { folderOf } from './models.ts'
import { exclusively, forgetTuned, modelOf, type Studio, throwIfCancelled } from './studio.ts'

type Context = { tell: (progress: Progress) => void; signal: AbortSignal }

/** Puts an adapter beside the open base model, in the place of the one before; null takes it away. What was tuned is forgotten. */
export function openAdapter(studio: Studio, source: ModelSource | null, context: Context): Promise<ModelSummary> {
  return exclusively(studio, 'opening an adapter', async () => {
    const model = modelOf(studio)
    const opened = source === null ? null : await loadAdapter(studio, source, context)
    forgetTuned(studio)
    const { base } = model.slots
    if (base.adapter !== null) disposeAll(base.adapter.weights)
    model.slots.base = { ...base, adapter: opened?.adapter ?? null }
    model.adapterFiles = opened?.files ?? null
    model.summary = { ...model.summary, adapter: opened && summaryOf(opened.files, opened.adapter, model.config) }
    return model.summary
  })
}

export type AdapterReport = Omit<AdapterSummary, 'target_modules'> & {
  target_modules: string | readonly string[]
  baseModel: string
  dtype: string
  bytesOnDisk: number
}

/** What an adapter's folder holds, without its model; null where the folder holds none. */
export async function inspectAdapter(folder: Folder): Promise<AdapterReport | null> {
  const names = (await folder.list()).map(({ path }) => path)
  if (names.includes('config.json') || !names.includes('adapter_config.json')) return null
  const { name, settings, modules, weights, baseModel, dtype, bytesOnDisk } = await openAdapterFolder(folder)
  const sizeOf = (tensor: string) => weights.shapeOf(tensor).reduce((size, length) => size * length, 1)
  const parameters = weights.names.reduce((sum, tensor) => sum + sizeOf(tensor), 0)
  return { name, ...settings, modules: modules.length, parameters, baseModel, dtype, bytesOnDisk }
}

async function loadAdapter(studio: Studio, source: ModelSource, { tell, signal }: Context) {
  const { config } = modelOf(studio)
  const files = await openAdapterFolder(await folderOf(studio, source, { tell, signal }))
  const modules = new Map(linearModules(config).map(({ name, inputs, outputs }) => [name, { inputs, outputs }]))
  checkAdapter(files, modules)
  return { files, adapter: await readAdapter(files, config, { tell, signal }) }
}

async function readAdapter(files: AdapterFiles, config: DecoderConfig, { tell, signal }: Context): Promise<Adapter<Tensor>> {
  const { weights, settings } = files
  const loaded: Record<string, Tensor> = {}
  try {
    for (const [done, name] of weights.names.entries()) {
      throwIfCancelled(signal, 'openAdapter')
      tell({ work: 'loadingModel', done, total: weights.names.length, unit: 'tensors' })
      loaded[name] = fromValues(await weights.read(name), weights.shapeOf(name))
    }
  } catch (error) {
    disposeAll(loaded)
    throw error
  }
  const adapted = linearModules(config).filter(({ name }) => `${name}.lora_A.weight` in loaded)
  const scales = Object.fromEntries(adapted.map(({ name }): [string, number] => [name, files.scaleOf(name)]))
  return { settings, weights: loaded, scales, dropout: null }
}

function summaryOf(
  { name }: AdapterFiles,
  { settings, weights, scales }: Adapter<Tensor>,
  config: DecoderConfig,
): AdapterSummary {
  const { r, lora_alpha, lora_dropout, use_rslora, target_modules } = settings
  const own = Object.keys(scales)
  return {
    name,
    r,
    lora_alpha,
    lora_dropout,
    use_rslora,
    target_modules: nameable(target_modules, own, config),
    modules: own.length,
    parameters: Object.values(weights).reduce((sum, { size }) => sum + size, 0),
  }
}

/** As the settings of a run can say it: a regular expression, or names less exclusions, become the layers' full names. */
function nameable(
  target_modules: string | readonly string[],
  own: readonly string[],
  config: DecoderConfig,
): AdapterSummary['target_modules'] {
  if (own.length === linearModules(config).length) return 'all-linear'
  const { modules } = targetedModules(config, { target_modules })
  const same = modules.length === own.length && modules.every(({ name }) => own.includes(name))
  return same ? [target_modules].flat() : own
}
