// The files of a PEFT adapter, as `PeftModel.from_pretrained` loads it: adapter_config.json and adapter_model.safetensors.
// A configuration that was read keeps every field that it came with; a fresh one has the fields of PEFT 0.13.2.
// Must not know: where the files go, what trained the weights.

import type { StreamedFile } from '../../storage/folder.ts'
import type { CarriedFile } from '../huggingface/files.ts'
import { safetensorsFile } from '../huggingface/shards.ts'
import { type ExtraFile, withCarried } from '../huggingface/write.ts'
import type { JsonObject } from '../json.ts'
import type { TensorToWrite } from '../safetensors/write.ts'
import { savedName } from './names.ts'
import type { AdapterSettings } from './settings.ts'

export type AdapterToWrite = {
  /** adapter_config.json as it was read; null for an adapter that began here. */
  config: JsonObject | null
  settings: AdapterSettings
  /** The path or repository of the model that the adapter stands beside; a configuration that was read keeps its own. */
  baseModel: string
  /** By plain names such as model.layers.0.self_attn.q_proj.lora_A.weight; each asked for its values once. PEFT itself writes F32. */
  tensors: readonly TensorToWrite[]
  extra: readonly ExtraFile[]
  carried?: readonly CarriedFile[]
}

/** adapter_config.json, adapter_model.safetensors, the extra files, the carried ones; no path twice. */
export function adapterFolderFiles(adapter: AdapterToWrite): StreamedFile[] {
  const weights = adapter.tensors.map((tensor) => ({ ...tensor, name: savedName(tensor.name) }))
  return withCarried(
    [{ path: 'adapter_config.json', json: adapterConfig(adapter) }, ...adapter.extra],
    [safetensorsFile('adapter_model.safetensors', weights)],
    adapter.carried ?? [],
  )
}

/** What PEFT 0.13.2 writes of a LoraConfig that names nothing else; a version that knows more fields takes their defaults. */
const fresh: JsonObject = {
  alpha_pattern: {},
  auto_mapping: null,
  base_model_name_or_path: null,
  bias: 'none',
  fan_in_fan_out: false,
  inference_mode: true,
  init_lora_weights: true,
  layer_replication: null,
  layers_pattern: null,
  layers_to_transform: null,
  loftq_config: {},
  lora_alpha: 8,
  lora_dropout: 0,
  megatron_config: null,
  megatron_core: 'megatron.core',
  modules_to_save: null,
  peft_type: 'LORA',
  r: 8,
  rank_pattern: {},
  revision: null,
  target_modules: null,
  task_type: 'CAUSAL_LM',
  use_dora: false,
  use_rslora: false,
}

function adapterConfig({ config, settings, baseModel }: AdapterToWrite): JsonObject {
  const { r, lora_alpha, lora_dropout, use_rslora, target_modules } = settings
  const named = config?.base_model_name_or_path
  const base_model_name_or_path = typeof named === 'string' && named !== '' ? named : baseModel
  return { ...(config ?? fresh), base_model_name_or_path, r, lora_alpha, lora_dropout, use_rslora, target_modules }
}
