// Opens a Hugging Face folder: what its files say, the tokenizer, and the weights by name, to be read one at a time.
// The small files that belong to a model but not to its training are carried along as they are, for the folder that will be written.
// Must not know: architectures; config.json is parsed and not judged here.

import type { Folder } from '../../storage/folder.ts'
import type { JsonObject } from '../json.ts'
import type { TextTokenizer } from '../tokenizer/load.ts'
import { type CarriedFile, findModel, type ModelFolder, readJsonObject, readWhole } from './files.ts'
import { openTokenizer } from './tokenizer.ts'
import { openWeights, type Weights } from './weights.ts'

export type ModelFiles = {
  /** The folder's name, for the person. */
  name: string
  /** config.json, parsed and unchecked. */
  config: JsonObject
  generationConfig: JsonObject | null
  /** null where the folder has no tokenizer.json. */
  tokenizer: TextTokenizer | null
  weights: Weights
  /** Of everything that was used. */
  bytesOnDisk: number
  /** The form that most weights are stored in: F32, F16, BF16, or another name. */
  dtype: string
  /** Files to copy unchanged beside tuned weights. */
  carried: readonly CarriedFile[]
}

/** Of the tokenizer, whichever of its forms the model brings; how it generates; how it was trained. */
const carriedNames = new Set([
  'tokenizer.json',
  'tokenizer_config.json',
  'tokenizer.model',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.json',
  'vocab.txt',
  'merges.txt',
  'chat_template.jinja',
  'chat_template.json',
  'generation_config.json',
  'trainer_state.json',
  'training_config.json',
])

/** Where newer versions of transformers keep the templates that are not the default one. */
const carriedTemplate = /^additional_chat_templates\/[^/]+\.jinja$/

/** A licence or a model card, under any of its usual names. */
const carriedDocument = /^(LICEN[SC]E|NOTICE|README)(\.(md|txt))?$/i

function isCarriedAlong(path: string): boolean {
  return carriedNames.has(path) || carriedTemplate.test(path) || carriedDocument.test(path)
}

/** Throws ProblemErrors: model.missing-file, model.bad-json, model.tokenizer, model.no-end-token, and those of the weights' headers. */
export async function openModelFolder(folder: Folder): Promise<ModelFiles> {
  const model = await findModel(folder)
  const config = (await readJsonObject(model, 'config.json')) ?? {}
  const generationConfig = await readJsonObject(model, 'generation_config.json')
  const { weights, bytes, dtype } = await openWeights(model)
  const carried = await readCarried(model, isCarriedAlong)
  const tokenizer = openTokenizer(carried, { config, generationConfig }, model.name)
  const smallBytes = carried.reduce((sum, file) => sum + file.bytes.length, model.sizes.get('config.json') ?? 0)
  return { name: model.name, config, generationConfig, tokenizer, weights, bytesOnDisk: bytes + smallBytes, dtype, carried }
}

/** The files that `isCarried` says yes to, whole, in the order of their paths. */
export async function readCarried(model: ModelFolder, isCarried: (path: string) => boolean): Promise<CarriedFile[]> {
  const carried: CarriedFile[] = []
  for (const path of [...model.sizes.keys()].filter(isCarried).sort()) {
    const bytes = await readWhole(model, path)
    if (bytes) carried.push({ path, bytes })
  }
  return carried
}
