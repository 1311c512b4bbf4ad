// Opens a PEFT adapter: what its configuration says, and its weights under plain names, to be read one at a time.
// Everything that can be wrong is found from names and shapes, before a number is read.
// Must not know: architectures, devices; which layers a model has is told by the caller.

import { ProblemError } from '../../problem/problem.ts'
import type { Folder } from '../../storage/folder.ts'
import { type CarriedFile, findBeside, type ModelFolder, readJsonObject, shortList } from '../huggingface/files.ts'
import { readCarried } from '../huggingface/open.ts'
import { openWeightsFile, type Weights } from '../huggingface/weights.ts'
import type { JsonObject } from '../json.ts'
import { moduleOf, plainNames } from './names.ts'
import { type AdapterSettings, readAdapterSettings } from './settings.ts'

export type AdapterFiles = {
  /** The folder's name, for the person. */
  name: string
  /** adapter_config.json, parsed and as it is. */
  config: JsonObject
  settings: AdapterSettings
  /** The model that the adapter names as its own, by a path or a repository; '' where it names none. */
  baseModel: string
  /** The layers that the adapter has weights for, as the model names them: model.layers.0.self_attn.q_proj. */
  modules: readonly string[]
  /** The rank of a module: r, or what rank_pattern has. */
  rankOf: (module: string) => number
  /** What B(Ax) is multiplied by beside a module. */
  scaleOf: (module: string) => number
  /** Whether the configuration means a module; null where it cannot be told. */
  targets: ((module: string) => boolean) | null
  /** By names such as model.layers.0.self_attn.q_proj.lora_A.weight, A [r, in] and B [out, r]. */
  weights: Weights
  bytesOnDisk: number
  /** The form that most weights are stored in. */
  dtype: string
  /** How it was trained, and its licence: to copy unchanged beside the adapter's next weights. */
  carried: readonly CarriedFile[]
}

/** What a linear layer takes and gives. */
export type LayerSize = { inputs: number; outputs: number }

const configFile = 'adapter_config.json'
const weightsFile = 'adapter_model.safetensors'
const carriedFile = /^(trainer_state\.json|training_config\.json|(LICEN[SC]E|NOTICE)(\.(md|txt))?)$/i

/**
 * Throws ProblemErrors: model.no-adapter, model.bad-json, model.adapter-unsupported, model.adapter-tensor, model.adapter-untargeted,
 * and those of a safetensors header.
 */
export async function openAdapterFolder(folder: Folder): Promise<AdapterFiles> {
  const found = await findBeside(folder, configFile, (paths) => noAdapter(configFile, paths, folder.name))
  const config = (await readJsonObject(found, configFile)) ?? {}
  const { settings, rankOf, scaleOf, targets } = readAdapterSettings(config, `${found.name}/${configFile}`)
  const { weights, bytes, dtype } = await openLowRank(found)
  const modules = modulesOf(weights, targets, `${found.name}/${weightsFile}`)
  const carried = await readCarried(found, (path) => carriedFile.test(path))
  return {
    name: found.name,
    config,
    settings: { ...settings, target_modules: settings.target_modules ?? modules },
    baseModel: typeof config.base_model_name_or_path === 'string' ? config.base_model_name_or_path : '',
    modules,
    rankOf,
    scaleOf,
    targets,
    weights,
    bytesOnDisk: carried.reduce((sum, file) => sum + file.bytes.length, bytes + (found.sizes.get(configFile) ?? 0)),
    dtype,
    carried,
  }
}

async function openLowRank(found: ModelFolder) {
  if (!found.sizes.has(weightsFile)) throw noAdapter(weightsFile, [...found.sizes.keys()].sort(), found.name)
  const { weights, bytes, dtype } = await openWeightsFile(found, weightsFile)
  const onDisk = new Map([...plainNames(weights.names)].map(([saved, plain]) => [plain, saved]))
  const saved = (name: string) => onDisk.get(name) ?? name
  const renamed: Weights = {
    names: [...onDisk.keys()],
    shapeOf: (name) => weights.shapeOf(saved(name)),
    dtypeOf: (name) => weights.dtypeOf(saved(name)),
    read: (name) => weights.read(saved(name)),
    pieces: (name, most, passing) => weights.pieces(saved(name), most, passing),
  }
  return { weights: renamed, bytes, dtype }
}

/** A tensor of another kind would be left out without a word, and so would one that PEFT does not load: both are refused. */
function modulesOf({ names }: Weights, targets: AdapterFiles['targets'], where: string): readonly string[] {
  const modules = new Set<string>()
  for (const tensor of names) {
    const part = moduleOf(tensor)
    if (part === null) throw new ProblemError({ code: 'model.adapter-tensor', values: { tensor }, where })
    if (targets !== null && !targets(part.module))
      throw new ProblemError({ code: 'model.adapter-untargeted', values: { tensor }, where })
    modules.add(part.module)
  }
  return [...modules]
}

/**
 * Whether the adapter fits a model whose linear layers are `layers`, by name: each tensor stands beside one of them, in its shape, A with its B,
 * and none of the layers that the adapter's configuration means is left without. Rejects with `model.adapter-mismatch`, naming the tensor.
 */
export function checkAdapter(adapter: AdapterFiles, layers: ReadonlyMap<string, LayerSize>): void {
  const there = new Set(adapter.weights.names)
  for (const module of adapter.modules) {
    const layer = layers.get(module)
    if (!layer) throw mismatch(adapter, namesOf(module).find((name) => there.has(name)) ?? module, null)
    checkShapes(adapter, module, layer, there)
  }
  for (const [module, layer] of layers) if (adapter.targets?.(module)) checkShapes(adapter, module, layer, there)
}

function checkShapes(adapter: AdapterFiles, module: string, { inputs, outputs }: LayerSize, there: ReadonlySet<string>): void {
  const rank = adapter.rankOf(module)
  const [a, b] = namesOf(module)
  for (const { tensor, shape } of [
    { tensor: a, shape: [rank, inputs] },
    { tensor: b, shape: [outputs, rank] },
  ]) {
    if (!there.has(tensor) || adapter.weights.shapeOf(tensor).join() !== shape.join()) throw mismatch(adapter, tensor, shape)
  }
}

function namesOf(module: string): [string, string] {
  return [`${module}.lora_A.weight`, `${module}.lora_B.weight`]
}

function mismatch({ name, weights, baseModel }: AdapterFiles, tensor: string, expected: readonly number[] | null) {
  const found = weights.names.includes(tensor) ? weights.shapeOf(tensor).join(', ') : ''
  return new ProblemError({
    code: 'model.adapter-mismatch',
    values: { tensor, found, expected: expected?.join(', ') ?? '', base: baseModel },
    where: name,
  })
}

function noAdapter(file: string, paths: readonly string[], where: string) {
  return new ProblemError({ code: 'model.no-adapter', values: { file, found: shortList(paths) }, where })
}
