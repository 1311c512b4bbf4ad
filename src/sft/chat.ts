// Questions and answers in the model's own chat template: what a model is asked, and a record of three fields as a conversation.
// Must not know: which tokens are learned.

import { type ChatForm, turnsAsking } from '../config/chatForm.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import { ProblemError } from '../problem/problem.ts'
import type { ChatMessage, InstructRecord, RecordKind } from '../protocol/dataset.ts'

/** A conversation as one text. Throws `model.chat-template` where the model has no template. */
export function rendered(messages: readonly ChatMessage[], addGenerationPrompt: boolean, tokenizer: TextTokenizer): string {
  if (tokenizer.renderChat === null) {
    throw new ProblemError({
      code: 'model.chat-template',
      values: { message: 'this model has none' },
      where: 'tokenizer_config.json',
    })
  }
  return tokenizer.renderChat(messages, addGenerationPrompt)
}

/** The record's question as the user's turn, its label as the answer. */
export function conversationOf({ instruct, input, label }: InstructRecord, form: ChatForm): ChatMessage[] {
  return [...turnsAsking(instruct + input, form), { role: 'assistant', content: label }]
}

/** The tokens that a model answers to: the turns, and the beginning of its own. */
export function askedInChat(messages: readonly ChatMessage[], tokenizer: TextTokenizer): number[] {
  return tokenizer.encode(rendered(messages, true, tokenizer))
}

/** The tokens of a question, as plain text or in the chat template. */
export function askedTokens(question: string, tokenizer: TextTokenizer, form: ChatForm | null): number[] {
  return form === null ? tokenizer.encodePrompt(question) : askedInChat(turnsAsking(question, form), tokenizer)
}

/** What records of a kind are learned as. */
export function learnedKind(kind: RecordKind, form: ChatForm | null): RecordKind {
  return kind === 'instruct' && form !== null ? 'chat' : kind
}
