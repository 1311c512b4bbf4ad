// A short list of small models on the Hub whose architecture is built here, with what one wants to know before fetching a gigabyte.
// Sizes are those of model.safetensors, parameters as config.json gives them (a tied head counts once), as they were on the date below.

export type KnownModel = {
  repository: string
  kind: 'base' | 'instruct'
  parameters: number
  bytes: number
  license: string
  languages: 'english' | 'over29' | 'over100'
}

export const notedOn = '2026-11-27'

export const knownModels: readonly KnownModel[] = [
  {
    repository: 'HuggingFaceTB/SmolLM2-135M',
    kind: 'base',
    parameters: 134_515_008,
    bytes: 269_060_552,
    license: 'Apache-2.0',
    languages: 'english',
  },
  {
    repository: 'HuggingFaceTB/SmolLM2-360M',
    kind: 'base',
    parameters: 361_821_120,
    bytes: 723_674_912,
    license: 'Apache-2.0',
    languages: 'english',
  },
  {
    repository: 'HuggingFaceTB/SmolLM2-360M-Instruct',
    kind: 'instruct',
    parameters: 361_821_120,
    bytes: 723_674_912,
    license: 'Apache-2.0',
    languages: 'english',
  },
  {
    repository: 'Qwen/Qwen2.5-0.5B',
    kind: 'base',
    parameters: 494_032_768,
    bytes: 988_097_824,
    license: 'Apache-2.0',
    languages: 'over29',
  },
  {
    repository: 'Qwen/Qwen2.5-0.5B-Instruct',
    kind: 'instruct',
    parameters: 494_032_768,
    bytes: 988_097_824,
    license: 'Apache-2.0',
    languages: 'over29',
  },
  {
    repository: 'Qwen/Qwen3-0.6B-Base',
    kind: 'base',
    parameters: 596_049_920,
    bytes: 1_192_135_096,
    license: 'Apache-2.0',
    languages: 'over100',
  },
  {
    repository: 'Qwen/Qwen3-0.6B',
    kind: 'instruct',
    parameters: 596_049_920,
    bytes: 1_503_300_328,
    license: 'Apache-2.0',
    languages: 'over100',
  },
]

/**
 * Bytes that training takes before activations, to within a tenth. LoRA: the frozen matrices in bf16, and adapters of rank 8 beside all
 * linear layers with what training keeps of them. All weights: in f32 the weights, a copy, their gradients and AdamW's two moments.
 */
export function trainingBytes({ parameters }: KnownModel): { lora: number; full: number } {
  return { lora: 2.3 * parameters, full: 20 * parameters }
}
