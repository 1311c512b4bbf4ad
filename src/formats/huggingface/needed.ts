// Which files of a repository a model is opened from: what openModelFolder reads, and not what other programs would (.bin, GGUF, ONNX,
// the slow tokenizers' files). Decided by names alone, before anything of it is fetched.
// Must not know: where the repository is.

import { indexFile, weightsFile } from './weights.ts'

export type NeededFiles = {
  /** config.json, the tokenizer, how it generates, chat templates, licence and readme, as far as they are there. */
  small: readonly string[]
  /** One file, or an index that names the files; null: there are no safetensors. */
  weights: { kind: 'file' | 'index'; path: string } | null
  /** Weights in forms that are not read, and tokenizers likewise: what to name where the right ones are missing. */
  otherWeights: readonly string[]
  otherTokenizers: readonly string[]
}

const smallNames =
  /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|chat_template)\.json$|^chat_template\.jinja$|^additional_chat_templates\/[^/]+\.jinja$|^(LICEN[SC]E|NOTICE|README)(\.(md|txt))?$/i
const weightForms = /\.(safetensors|gguf|ggml|bin|pt|pth|ckpt|h5|msgpack|onnx|tflite|mlmodel)$/i
const tokenizerForms =
  /(^|\/)(tokenizer\.model|vocab\.(json|txt)|merges\.txt|.*\.tiktoken|spiece\.model|sentencepiece.*\.model)$/i

export function neededFiles(paths: readonly string[]): NeededFiles {
  const has = (path: string) => paths.includes(path)
  return {
    small: paths.filter((path) => smallNames.test(path)),
    weights: has(weightsFile) ? { kind: 'file', path: weightsFile } : has(indexFile) ? { kind: 'index', path: indexFile } : null,
    otherWeights: paths.filter((path) => weightForms.test(path)),
    otherTokenizers: paths.filter((path) => tokenizerForms.test(path)),
  }
}
