// What a model card says at its head, and config.json of the numbers' form: for a list, without opening the model.
// Must not know: which settings an architecture has.

import { fieldOf, type JsonObject } from '../json.ts'

const dtypes: Readonly<Record<string, string>> = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' }

/** The licence in the YAML at the head of a README.md, as it stands there; empty where it says none. */
export function licenseOf(readme: string): string {
  const [, head = ''] = /^---\r?\n(.*?)\r?\n---/s.exec(readme) ?? []
  const [, license = ''] = /^license:[ \t]*([^\r\n#]{1,100})/m.exec(head) ?? []
  return license.trim().replaceAll(/^["']|["']$/g, '')
}

/** As safetensors names it; transformers 5 says `dtype`. Empty where the file does not say. */
export function dtypeOf(config: JsonObject): string {
  const stated = fieldOf(config, 'dtype') ?? fieldOf(config, 'torch_dtype')
  return typeof stated === 'string' ? (dtypes[stated] ?? stated) : ''
}
