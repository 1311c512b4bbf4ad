// LoRA (Hu et al. 2021, arXiv:2106.09685): beside a frozen linear layer W stands a low-rank update, y = Wx + b + scale · B(Ax), and only A and B are trained.
// Names are PEFT's: an adapter's weights are called <module>.lora_A.weight and <module>.lora_B.weight, the module as in the checkpoint.
// Must not know: files, the training loop.

import { uniformNumbers } from '../config/random.ts'
import { isAllLinear, isTargeted, meansModule } from '../config/targets.ts'
import type { Dropout, LowRank } from '../engine/ops.ts'
import type { DecoderConfig } from './config.ts'
import type { Weights } from './decoder.ts'
import { type ParameterShape, parameterShapes } from './parameters.ts'

/** Under the names of PEFT's LoraConfig. */
export type AdapterSettings = {
  /** The rank. */
  r: number
  lora_alpha: number
  /** The probability that an element of a layer's input is dropped before A, in training. */
  lora_dropout: number
  /** Names of linear layers, or their ends ("q_proj"), or the one word "all-linear". */
  target_modules: string | readonly string[]
  /** Scale by alpha/√r in place of alpha/r (Kalajdzievski 2023, arXiv:2312.03732). */
  use_rslora: boolean
}

export type Adapter<T> = {
  settings: AdapterSettings
  weights: Weights<T>
  /** What B(Ax) is multiplied by, one a module. */
  scales: Readonly<Record<string, number>>
  /** In training only; the modules drop different elements. */
  dropout: Omit<Dropout, 'part'> | null
}

export type LinearModule = { name: string; inputs: number; outputs: number }

/** The linear layers that an adapter may stand beside, by their names in the checkpoint; the head is none of them, as in PEFT's "all-linear". */
export function linearModules(config: DecoderConfig): readonly LinearModule[] {
  return parameterShapes(config).flatMap(({ name, shape: [outputs = 0, inputs = 0] }) =>
    name.endsWith('_proj.weight') ? [{ name: name.slice(0, -'.weight'.length), inputs, outputs }] : [],
  )
}

/** The modules that `target_modules` names, and the names among them that mean none. */
export function targetedModules(
  config: DecoderConfig,
  { target_modules }: Pick<AdapterSettings, 'target_modules'>,
): { modules: readonly LinearModule[]; unknown: readonly string[] } {
  const all = linearModules(config)
  const targets = isAllLinear(target_modules) ? [] : [target_modules].flat()
  return {
    modules: all.filter(({ name }) => isTargeted(name, target_modules)),
    unknown: targets.filter((target) => !all.some(({ name }) => meansModule(target, name))),
  }
}

/** alpha/r, or alpha/√r with rsLoRA. */
export function scaleOf({ lora_alpha, use_rslora }: Pick<AdapterSettings, 'lora_alpha' | 'use_rslora'>, rank: number): number {
  return lora_alpha / (use_rslora ? Math.sqrt(rank) : rank)
}

/** Names and shapes of an adapter's weights, A [r, in] before B [out, r]. */
export function adapterShapes(modules: readonly LinearModule[], r: number): readonly ParameterShape[] {
  return modules.flatMap(({ name, inputs, outputs }) => [
    { name: `${name}.lora_A.weight`, shape: [r, inputs] },
    { name: `${name}.lora_B.weight`, shape: [outputs, r] },
  ])
}

/**
 * The values that PEFT starts from: A uniform in ±1/√in (`kaiming_uniform_` with a = √5), B zero, so that at first nothing changes.
 * Row by row, from a seed; the numbers differ from PyTorch's generator.
 */
export function freshAdapterValues(modules: readonly LinearModule[], r: number, seed: number): Record<string, Float32Array> {
  const uniform = uniformNumbers(seed)
  const values: Record<string, Float32Array> = {}
  for (const { name, inputs, outputs } of modules) {
    const bound = 1 / Math.sqrt(inputs)
    values[`${name}.lora_A.weight`] = Float32Array.from({ length: r * inputs }, () => (2 * uniform() - 1) * bound)
    values[`${name}.lora_B.weight`] = new Float32Array(outputs * r)
  }
  return values
}

/** What stands beside one module; null where nothing does. */
export function lowRankOf<T>(adapter: Adapter<T> | null, module: string): LowRank<T> | null {
  const a = adapter?.weights[`${module}.lora_A.weight`]
  const b = adapter?.weights[`${module}.lora_B.weight`]
  const scale = adapter?.scales[module]
  if (!adapter || a === undefined || b === undefined || scale === undefined) return null
  const dropout = adapter.dropout && { ...adapter.dropout, part: module }
  return { a, b, scale, dropout }
}
