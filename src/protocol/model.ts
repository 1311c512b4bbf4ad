// What the door says about models: the base, the one tuned from it, and the twin tuned without the mask.

import type { Settings } from '../config/settings.ts'
import type { Problem } from '../problem/problem.ts'
import type { KeptBase } from './shelf.ts'

/** base: as it was opened. tuned: trained with the mask. twin: the same run without the mask. */
export type Slot = 'base' | 'tuned' | 'twin'

export type ModelSource =
  | { kind: 'embedded' }
  /** A model or adapter kept in the browser's own storage. */
  | { kind: 'shelf'; id: string; name: string }
  /** A folder that the browser reads where it lies. */
  | { kind: 'folder'; name: string; folder: FileSystemDirectoryHandle }
  /** Files that a person chose or dropped, with their paths inside the folder; one .zip is opened as a folder. */
  | { kind: 'files'; name: string; files: readonly { path: string; file: Blob }[] }

export type ModelSummary = {
  name: string
  architecture: string
  parameters: number
  bytesOnDisk: number
  dtype: string
  hidden_size: number
  num_hidden_layers: number
  num_attention_heads: number
  num_key_value_heads: number
  intermediate_size: number
  vocab_size: number
  max_position_embeddings: number
  tied: boolean
  endToken: string
  padToken: string
  hasChatTemplate: boolean
  license: string
  /** The linear layers that LoRA can stand beside, by their names in the checkpoint. */
  linear_layers: readonly { name: string; inputs: number; outputs: number }[]
  /** Of the files that leave with it as they came: tokenizer, licence, readme. */
  bytesCarried: number
  /** The adapter that is open beside it. */
  adapter: AdapterSummary | null
}

/** A LoRA adapter, under the names of PEFT's LoraConfig. */
export type AdapterSummary = {
  name: string
  r: number
  lora_alpha: number
  lora_dropout: number
  use_rslora: boolean
  /** As a run's settings say it, so that the adapter can be trained on. */
  target_modules: 'all-linear' | readonly string[]
  /** Linear layers that it stands beside. */
  modules: number
  parameters: number
}

/** What a run takes, in bytes, from the shapes alone. */
export type MemoryForecast = {
  /** That it computes with, trained and frozen, an adapter's among them. */
  weights: number
  gradients: number
  /** AdamW's two moments. */
  optimizer: number
  /** What the forward pass keeps for the backward, and both of them on the way. */
  activations: number
  /** What the kernels need beside it. */
  workspace: number
  /** Weights that are held once more: as they were before the last step, as they are handed back, and a small model's file. */
  copies: number
}

/** Settings that decide how much memory a run takes. */
export type RunSizeSettings = Pick<
  Settings,
  'lora' | 'per_device_train_batch_size' | 'gradient_accumulation_steps' | 'gradient_checkpointing' | 'max_length'
>

/** What a run of some settings would take, before it is started. */
export type MemoryReport = {
  memory: MemoryForecast
  /** The micro-batch that it is of: the longest rows of the data set in use, or what the settings allow. */
  rows: number
  length: number
  /** Whether blocks are computed again on the way back, by the settings or because memory asks for it. */
  checkpointing: boolean
  /** The most that a step can have here; null: as much as there is. */
  allowed: number | null
  /** `run.too-large` where it does not fit; null where it does. */
  problem: Problem | null
  /** The nearest settings that would fit where these do not; null where none would, or none is needed. */
  nearest: RunSizeSettings | null
}

/**
 * model: a folder for `from_pretrained`, an adapter merged into it. adapter: a folder for `PeftModel.from_pretrained`.
 * A model is written in the checkpoint's own dtype or another; an adapter in F32.
 */
export type SaveForm = { kind: 'model'; dtype: 'checkpoint' | 'F32' | 'F16' | 'BF16' } | { kind: 'adapter' }

export type SaveRequest = {
  slot: Slot
  name: string
  form: SaveForm
  to:
    | { kind: 'zip' }
    | { kind: 'folder'; folder: FileSystemDirectoryHandle }
    /** `run` made it; `base` is what an adapter stands beside. */
    | { kind: 'shelf'; run: string | null; base: KeptBase }
}

/** A file for the person to keep; `content` is null when it was written into their folder or onto the shelf already. */
export type SavedFile = { name: string; content: Blob | null; bytes: number }
