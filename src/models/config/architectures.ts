// The architectures, as data: what each transformers class calls itself, what its configuration class has by default,
// and what it does differently from the others. A further one of this family is one more entry.
// The defaults are those of configuration_qwen2.py, _llama.py, _qwen3.py and _mistral.py; 4.47 to 5.x agree on them.

import { fieldOf, isJsonList, type Json, type JsonObject } from '../../formats/json.ts'
import type { Defaults, Fields } from './fields.ts'
import { badConfig, unsupported } from './refusals.ts'

/** Which linear layers add a bias. */
export type Biases = {
  /** q_proj, k_proj and v_proj. */
  qkv: boolean
  o: boolean
  /** gate_proj, up_proj and down_proj. */
  mlp: boolean
}

export type Architecture = {
  name: string
  model_type: string
  defaults: Defaults
  biases: (fields: Fields) => Biases
  /** An RMSNorm over each head of q and k, before the rotary embedding. */
  qkNorm: boolean
  /** Which layers may see through a sliding window only. */
  windows: 'none' | 'every-layer' | 'some-layers'
}

const shared = {
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  rms_norm_eps: 1e-6,
  rope_theta: 10_000,
  tie_word_embeddings: false,
} as const

const qwen = {
  ...shared,
  vocab_size: 151_936,
  intermediate_size: 22_016,
  num_key_value_heads: 32,
  max_position_embeddings: 32_768,
  sliding_window: 4096,
  max_window_layers: 28,
  eos_token_id: null,
} as const

const architectures: readonly Architecture[] = [
  {
    name: 'Qwen2ForCausalLM',
    model_type: 'qwen2',
    defaults: { ...qwen, head_dim: null },
    biases: () => ({ qkv: true, o: false, mlp: false }),
    qkNorm: false,
    windows: 'some-layers',
  },
  {
    name: 'LlamaForCausalLM',
    model_type: 'llama',
    defaults: {
      ...shared,
      vocab_size: 32_000,
      intermediate_size: 11_008,
      num_key_value_heads: null,
      head_dim: null,
      max_position_embeddings: 2048,
      sliding_window: null,
      max_window_layers: 0,
      eos_token_id: 2,
    },
    biases: ({ attention_bias, mlp_bias }) => ({ qkv: attention_bias, o: attention_bias, mlp: mlp_bias }),
    qkNorm: false,
    windows: 'none',
  },
  {
    name: 'Qwen3ForCausalLM',
    model_type: 'qwen3',
    defaults: { ...qwen, head_dim: 128 },
    biases: ({ attention_bias }) => ({ qkv: attention_bias, o: attention_bias, mlp: false }),
    qkNorm: true,
    windows: 'some-layers',
  },
  {
    name: 'MistralForCausalLM',
    model_type: 'mistral',
    defaults: {
      ...shared,
      vocab_size: 32_000,
      intermediate_size: 14_336,
      num_key_value_heads: 8,
      head_dim: null,
      max_position_embeddings: 131_072,
      sliding_window: 4096,
      max_window_layers: 0,
      eos_token_id: 2,
    },
    biases: () => ({ qkv: false, o: false, mlp: false }),
    qkNorm: false,
    windows: 'every-layer',
  },
]

/**
 * The architecture that the file names. AutoModelForCausalLM decides by `model_type` alone; here `architectures` is asked first,
 * so that a classifier of a known family is refused, and the two must agree. Throws `model.unsupported` or `model.bad-config`.
 */
export function architectureOf(json: JsonObject): Architecture {
  const names = fieldOf(json, 'architectures') ?? null
  const name = isJsonList(names) ? (names[0] ?? null) : names
  const type = fieldOf(json, 'model_type') ?? null
  if (name === null && type === null) throw badConfig('architectures', 'is missing, and so is model_type')
  const found = name === null ? known('model_type', type) : known('architectures', name)
  if (type !== null && type !== found.model_type) {
    throw badConfig('model_type', `(${JSON.stringify(type)}) is not that of ${found.name} ("${found.model_type}")`)
  }
  return found
}

function known(setting: 'architectures' | 'model_type', value: Json): Architecture {
  if (typeof value !== 'string')
    throw badConfig(setting, setting === 'architectures' ? 'must be a list of names' : 'must be a name')
  const ofIt = (architecture: Architecture) => (setting === 'architectures' ? architecture.name : architecture.model_type)
  const found = architectures.find((architecture) => ofIt(architecture) === value)
  if (!found) throw unsupported(setting, value, architectures.map(ofIt).join(', '))
  return found
}
