// What in a config.json would change the numbers and is not built here: refused by name, whatever it says, unless it says the usual.
// Only the settings that transformers' code for these classes reads are looked at (their configuration and modelling files, the shared masks,
// rotary embeddings, losses and `from_pretrained`; 4.47 to 5.x). Others change nothing there and so are passed over here: how to cache or
// what to return (`use_cache`, `output_attentions`), how to start from nothing (`initializer_range`), how to cut the same products in pieces
// (`pretraining_tp`), what other programs or other architectures read (`use_mrope`, `rope_interleaved`, `dual_chunk_attention_config`,
// `auto_map`), and what a class does not look at (`mlp_bias` in a Qwen2). Where such a setting meant weights, they are found by their names.

import { fieldOf, type JsonObject } from '../../formats/json.ts'
import { ProblemError } from '../../problem/problem.ts'

type Refusal = { setting: string; supported: readonly (string | number | boolean | null)[] }

/** Where the file leaves a setting out, transformers takes the usual value, which is the first of `supported`. */
const refusals: readonly Refusal[] = [
  // Two names of one function.
  { setting: 'hidden_act', supported: ['silu', 'swish'] },
  { setting: 'attention_dropout', supported: [0] },
  { setting: 'quantization_config', supported: [null] },
  // false: every token sees all others (5.x).
  { setting: 'is_causal', supported: [true] },
  // Layers of different sizes (5.x).
  { setting: 'per_layer_config', supported: [null] },
  { setting: 'loss_type', supported: [null, 'ForCausalLM'] },
  // Only a part of each head is rotated.
  { setting: 'partial_rotary_factor', supported: [1, null] },
]

/** Throws `model.unsupported` for the first setting that would give other numbers. */
export function refuseUnsupported(json: JsonObject): void {
  for (const { setting, supported } of refusals) {
    const value = fieldOf(json, setting)
    if (value !== undefined && !supported.some((known) => known === value))
      throw unsupported(setting, value, String(supported[0]))
  }
}

export function badConfig(setting: string, reason: string): ProblemError {
  return new ProblemError({ code: 'model.bad-config', values: { setting, reason }, where: 'config.json' })
}

/** `found` is shown as it stands in the file, cut after 60 characters. */
export function unsupported(setting: string, found: unknown, supported: string): ProblemError {
  const shown = typeof found === 'string' ? found : JSON.stringify(found)
  const cut = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
  return new ProblemError({ code: 'model.unsupported', values: { setting, found: cut, supported }, where: 'config.json' })
}
