// What a learned text ends with, and whether a model that learned it would stop there.
// A record ends with the model's end token, a turn of a chat with whatever the model's chat template puts behind it; generation stops at the
// ids of generation_config.json. A base model with a chat template often has two different tokens there: it learns one and waits for the other.
// Must not know: how it is shown, who writes.

import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { EndToken } from '../formats/tokenizer/specialTokens.ts'
import type { Problem } from '../problem/problem.ts'
import type { RecordKind } from '../protocol/dataset.ts'

/** The text that ends a turn in the model's chat template; null without a template, or where it writes nothing there. */
export function templateEndOf(tokenizer: TextTokenizer): string | null {
  if (tokenizer.renderChat === null) return null
  const answer = 'ANSWER'
  const text = tokenizer.renderChat(
    [
      { role: 'user', content: 'QUESTION' },
      { role: 'assistant', content: answer },
    ],
    false,
  )
  const end = text.slice(text.lastIndexOf(answer) + answer.length).trim()
  return end === '' ? null : end
}

/**
 * The token that ends what is learned of a record of this kind: the model's end token, in a chat the first special token that its template
 * puts behind an answer. null: the template puts none there, or the records are tokens already and their end is their own.
 */
export function learnedEndOf(kind: RecordKind, tokenizer: TextTokenizer): EndToken | null {
  if (kind === 'tokens') return null
  if (kind === 'instruct') return tokenizer.endToken
  const end = templateEndOf(tokenizer)
  const id = end === null ? undefined : tokenizer.encode(end).find((candidate) => tokenizer.isSpecial(candidate))
  return id === undefined ? null : { id, text: tokenizer.tokenText(id) }
}

/** What is wrong with the end of records of this kind: it is none, or the model would not stop there. null where all is well. */
export function endProblemOf(kind: RecordKind, tokenizer: TextTokenizer): Problem | null {
  if (kind === 'tokens' || (kind === 'chat' && tokenizer.renderChat === null)) return null
  const end = learnedEndOf(kind, tokenizer)
  const stops = tokenizer.endTokenIds.map((id) => tokenizer.tokenText(id) || `[${id}]`).join(', ')
  if (end === null) return { code: 'dataset.no-turn-end', values: { stops }, where: '' }
  if (tokenizer.endTokenIds.includes(end.id)) return null
  const code = kind === 'chat' ? 'dataset.turn-end' : 'dataset.answer-end'
  return { code, values: { learned: end.text, id: end.id, stops }, where: '' }
}
