// Where a tokenizer merges characters of the prompt and of the answer into one token, a mask by prefix length cuts through the middle of a word.
// This finds that token, so that the preview can show it.

import type { TextTokenizer } from '../formats/tokenizer/load.ts'

/**
 * The position of the token that holds characters of both sides of the border behind `prompt`; null where there is none.
 * Tokens before the first difference between the prompt's own ids and the whole text's lie within the prompt, so only a few are decoded.
 */
export function straddlingToken(
  ids: readonly number[],
  promptIds: readonly number[],
  prompt: string,
  tokenizer: TextTokenizer,
): number | null {
  let common = 0
  while (common < promptIds.length && ids[common] === promptIds[common]) common++
  if (common === promptIds.length) return null
  // The tokenizer may have put the text into another Unicode form: lengths are those of what it decodes to.
  const decoded = tokenizer.decode(promptIds)
  // A letter of the prompt and an accent of the answer became one character: its first token holds both.
  if (!tokenizer.decode(ids).startsWith(decoded)) return common
  const border = decoded.length || prompt.length
  let before = decodedLength(ids.slice(0, common), tokenizer)
  for (let position = common; position < ids.length && before < border; position++) {
    const after = decodedLength(ids.slice(0, position + 1), tokenizer)
    if (after > border) return position
    before = Math.max(before, after)
  }
  return null
}

/** Characters decoded so far; those whose bytes are not all there yet are left out. */
function decodedLength(ids: readonly number[], tokenizer: TextTokenizer): number {
  return tokenizer.decode(ids).replace(/\uFFFD+$/, '').length
}
