// What fills a batch up in a run: the tokenizer's own padding token, one that the settings name, or a [PAD] added for it,
// as the classic article does. Padding is masked by position, so none of them changes what is learned.

import type { Settings } from '../config/settings.ts'
import { isJsonObject, type JsonObject, parseJson } from '../formats/json.ts'
import { addPadToken, type TokenizerJsons } from '../formats/tokenizer/addPadToken.ts'
import { ProblemError } from '../problem/problem.ts'
import type { OpenModel } from './studio.ts'

export type Padding = {
  id: number
  /** Rows that the embedding needs; the new ones are for the token. */
  rows: number
  /** The tokenizer's files with the token added, to be saved with the model; null where they stay as they are. */
  added: TokenizerJsons | null
}

type PaddingSettings = Pick<Settings, 'add_pad_token' | 'pad_token_id' | 'lora'>

/** Rejects with `run.settings` where the settings do not go together or do not fit the model. */
export function paddingOf(model: OpenModel, { add_pad_token, pad_token_id, lora }: PaddingSettings): Padding {
  const { vocab_size } = model.config
  if (!add_pad_token) {
    if (pad_token_id !== null && pad_token_id >= vocab_size)
      throw refused('pad_token_id', `is ${pad_token_id}, the model has the tokens 0 to ${vocab_size - 1}`)
    return { id: pad_token_id ?? model.tokenizer.padToken.id, rows: vocab_size, added: null }
  }
  if (pad_token_id !== null) throw refused('add_pad_token', 'and pad_token_id name two tokens for one thing')
  if (lora !== null) throw refused('add_pad_token', 'would change the embedding, which LoRA leaves as it is')
  const { id, files } = withPadToken(model)
  return { id, rows: Math.max(vocab_size, id + 1), added: files }
}

function withPadToken({ files: { carried, config } }: OpenModel) {
  const parsed = (name: string): JsonObject | null => {
    const file = carried.find(({ path }) => path === name)
    const json = file ? parseJson(new TextDecoder().decode(file.bytes)) : null
    return isJsonObject(json) ? json : null
  }
  const tokenizer = parsed('tokenizer.json')
  if (tokenizer === null) throw refused('add_pad_token', 'needs a tokenizer.json beside the model')
  const tokenizerConfig = parsed('tokenizer_config.json')
  const specialTokensMap = parsed('special_tokens_map.json')
  return addPadToken({ tokenizer, tokenizerConfig, specialTokensMap }, '[PAD]', config)
}

function refused(setting: string, reason: string): ProblemError {
  return new ProblemError({ code: 'run.settings', values: { setting, reason }, where: setting })
}
