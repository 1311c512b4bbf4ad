// What a run trains: a copy of the base model whole, or an adapter beside it, fresh or the one that is open.

import type { Settings } from '../config/settings.ts'
import type { Weight } from '../engine/weight.ts'
import { type Adapter, targetedModules } from '../models/adapter.ts'
import type { Decoder } from '../models/decoder.ts'
import { disposeDecoder, merged, type Trainee, traineeOf, withFreshAdapter, withTokenRows } from '../models/held.ts'
import { ProblemError } from '../problem/problem.ts'
import type { Padding } from './padding.ts'
import type { OpenModel } from './studio.ts'

/** The tensors are the caller's. Rejects with `run.settings` where the settings of LoRA do not fit the model or the open adapter. */
export function traineeFor(
  { slots: { base } }: OpenModel,
  { lora, seed }: Pick<Settings, 'lora' | 'seed'>,
  { rows }: Pick<Padding, 'rows'>,
): Trainee<Weight> {
  if (lora === null) return wholeTrainee(base, rows)
  checkTargets(base, lora.target_modules)
  if (base.adapter === null) return copiedFrom(withFreshAdapter(base, lora, seed))
  checkAgrees(base, base.adapter, lora)
  const { lora_dropout } = lora
  return traineeOf({ ...base, adapter: { ...base.adapter, settings: { ...base.adapter.settings, lora_dropout } } })
}

/** All weights, an open adapter merged into them, with a row for each token. */
function wholeTrainee(base: Decoder<Weight>, rows: number): Trainee<Weight> {
  const whole = merged(base)
  const grown = withTokenRows(whole, rows)
  disposeDecoder(whole)
  return copiedFrom(grown)
}

function copiedFrom(made: Decoder<Weight>): Trainee<Weight> {
  const trainee = traineeOf(made)
  disposeDecoder(made)
  return trainee
}

function checkTargets({ config }: Decoder<Weight>, target_modules: string | readonly string[]): void {
  const { modules, unknown } = targetedModules(config, { target_modules })
  if (modules.length > 0 && unknown.length === 0) return
  const known = 'q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj'
  const reason =
    unknown.length > 0
      ? `has ${unknown.join(', ')}, which is no linear layer of the model (${known})`
      : `must name a linear layer (${known})`
  throw new ProblemError({ code: 'run.settings', values: { setting: 'lora.target_modules', reason }, where: 'lora' })
}

/** An open adapter is trained on as it is: other settings would be another adapter. */
function checkAgrees(
  { config }: Decoder<Weight>,
  { settings, scales }: Adapter<Weight>,
  lora: NonNullable<Settings['lora']>,
): void {
  const differs = (setting: string, wanted: string, own: string) =>
    new ProblemError({
      code: 'run.settings',
      values: { setting: `lora.${setting}`, reason: `is ${wanted}, the open adapter has ${own}` },
      where: 'lora',
    })
  for (const setting of ['r', 'lora_alpha', 'use_rslora'] as const) {
    if (lora[setting] !== settings[setting]) throw differs(setting, String(lora[setting]), String(settings[setting]))
  }
  const wanted = targetedModules(config, lora).modules.map(({ name }) => name)
  const own = Object.keys(scales)
  if (wanted.length !== own.length || wanted.some((name) => !own.includes(name)))
    throw differs('target_modules', `${wanted.length} layers`, `${own.length} (${[settings.target_modules].flat().join(', ')})`)
}
