// How a question of three fields becomes a conversation, where a run's settings ask for the model's chat template.
// Must not know: templates, tokens.

import type { Settings } from './settings.ts'

/** Written through the chat template, behind this system line, which may be empty; null: none, and the template may put one of its own. */
export type ChatForm = { system_prompt: string | null }

/** null: as plain text. */
export function chatFormOf({ chat_template, system_prompt }: Pick<Settings, 'chat_template' | 'system_prompt'>): ChatForm | null {
  return chat_template ? { system_prompt } : null
}

/** The turns before the answer. */
export function turnsAsking(question: string, { system_prompt }: ChatForm): { role: 'system' | 'user'; content: string }[] {
  const asked = { role: 'user', content: question } as const
  return system_prompt === null ? [asked] : [{ role: 'system', content: system_prompt }, asked]
}

export function isSameForm(one: ChatForm | null, other: ChatForm | null): boolean {
  return one?.system_prompt === other?.system_prompt
}
