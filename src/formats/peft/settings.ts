// adapter_config.json → what an adapter computes with: its scale, its rank and its layers, module by module.
// Checked against PEFT's LoraConfig (0.13 to 0.20). Whatever in it would change the numbers and is not built here is refused by name,
// and so is a field that no known version has, unless it is empty: nothing is ignored.
// Must not know: the weights, the model.

import * as v from 'valibot'
import { ProblemError } from '../../problem/problem.ts'
import type { Json, JsonObject } from '../json.ts'
import { moduleMatcher, patternLookup } from './patterns.ts'

/** Under the names of PEFT's LoraConfig. */
export type AdapterSettings = {
  /** The rank. */
  r: number
  lora_alpha: number
  /** The probability that an element of a layer's input is dropped before A, in training. */
  lora_dropout: number
  /** Scale by alpha/√r in place of alpha/r (Kalajdzievski 2023, arXiv:2312.03732). */
  use_rslora: boolean
  /** Names of layers or their ends; as text, "all-linear" or a regular expression of whole names. */
  target_modules: readonly string[] | string
}

export type ReadSettings = {
  /** null for `target_modules` where the file names none. */
  settings: Omit<AdapterSettings, 'target_modules'> & { target_modules: AdapterSettings['target_modules'] | null }
  /** r, or what rank_pattern has for the module. */
  rankOf: (module: string) => number
  /** What B(Ax) is multiplied by: alpha (or what alpha_pattern has) over the module's rank, or over its root. */
  scaleOf: (module: string) => number
  /** Whether the file means this module; null where its regular expression cannot be read here. */
  targets: ((module: string) => boolean) | null
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(1))
const names = v.nullish(v.union([v.string(), v.array(v.string())]))
const numbers = v.pipe(v.number(), v.finite())

/** The fields that are read; a missing one takes PEFT's own default. */
const schema = v.object({
  r: v.optional(whole, 8),
  lora_alpha: v.optional(numbers, 8),
  lora_dropout: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
  use_rslora: v.optional(v.boolean(), false),
  target_modules: names,
  exclude_modules: names,
  layers_to_transform: v.nullish(v.union([v.number(), v.array(v.number())])),
  rank_pattern: v.nullish(v.record(v.string(), whole)),
  alpha_pattern: v.nullish(v.record(v.string(), numbers)),
})

/** What each of them may be, for the sentence that refuses it. */
const supported: Readonly<Record<string, string>> = {
  r: 'integer ≥ 1',
  lora_alpha: 'number',
  lora_dropout: '0 ≤ number < 1',
  use_rslora: 'true, false',
  target_modules: '"all-linear", string, [string]',
  exclude_modules: 'string, [string]',
  layers_to_transform: 'integer, [integer]',
  rank_pattern: '{module: integer ≥ 1}',
  alpha_pattern: '{module: number}',
}

/** Fields that say where an adapter is from or how it was started, never what it computes. `lora_dtype` and the two after it are ms-swift's. */
const harmless = new Set([
  'task_type',
  'auto_mapping',
  'peft_version',
  'base_model_name_or_path',
  'revision',
  'inference_mode',
  'runtime_config',
  'layers_pattern',
  'megatron_core',
  'loftq_config',
  'eva_config',
  'corda_config',
  'lora_ga_config',
  'qalora_group_size',
  'ensure_weight_tying',
  'lora_dtype',
  'lorap_lr_ratio',
  'lorap_emb_lr',
])

/** Starts that leave the base model as it is. The others (pissa, olora, corda, loftq, lora_ga) belong to a base whose weights they changed. */
const startsBesideTheBase: readonly Json[] = [true, false, null, 'gaussian', 'eva', 'orthogonal']

/** Rejects with `model.adapter-unsupported`, naming the field. */
export function readAdapterSettings(config: JsonObject, where: string): ReadSettings {
  refuseUnsupported(config, where)
  const parsed = v.safeParse(schema, config)
  if (!parsed.success) {
    const setting = (v.getDotPath(parsed.issues[0]) ?? '').split('.')[0] ?? ''
    throw unsupported(setting, config[setting] ?? null, supported[setting] ?? 'JSON', where)
  }
  const { rank_pattern, alpha_pattern, exclude_modules, layers_to_transform, ...rest } = parsed.output
  const lookUp = (setting: string, pattern: Readonly<Record<string, number>> | null | undefined) =>
    patternLookup(pattern ?? {}, (name) => unsupported(setting, name, supported[setting] ?? '', where))
  const ranks = lookUp('rank_pattern', rank_pattern)
  const alphas = lookUp('alpha_pattern', alpha_pattern)
  const rankOf = (module: string) => ranks(module) ?? rest.r
  return {
    settings: { ...rest, target_modules: rest.target_modules ?? null },
    rankOf,
    scaleOf: (module) => (alphas(module) ?? rest.lora_alpha) / (rest.use_rslora ? Math.sqrt(rankOf(module)) : rankOf(module)),
    targets: moduleMatcher({ target_modules: rest.target_modules, exclude_modules, layers_to_transform }),
  }
}

function refuseUnsupported(config: JsonObject, where: string): void {
  const { peft_type = null, bias = 'none', init_lora_weights = true } = config
  if (peft_type !== 'LORA') throw unsupported('peft_type', peft_type, 'LORA', where)
  if (bias !== 'none') throw unsupported('bias', bias, 'none', where)
  const start = typeof init_lora_weights === 'string' ? init_lora_weights.toLowerCase() : init_lora_weights
  if (!startsBesideTheBase.includes(start))
    throw unsupported('init_lora_weights', init_lora_weights, 'true, false, gaussian, eva, orthogonal', where)
  const read = new Set([...Object.keys(schema.entries), ...harmless, 'peft_type', 'bias', 'init_lora_weights'])
  for (const [setting, value] of Object.entries(config)) {
    if (!read.has(setting) && !isEmpty(value)) throw unsupported(setting, value, value === true ? 'false' : 'null', where)
  }
}

/** As a field is where its feature is off. */
function isEmpty(value: Json): boolean {
  if (value === null || value === false || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function unsupported(setting: string, value: Json, may: string, where: string): ProblemError {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const found = text.length > 100 ? `${text.slice(0, 100)}…` : text
  return new ProblemError({ code: 'model.adapter-unsupported', values: { setting, found, supported: may }, where })
}
