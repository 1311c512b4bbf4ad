// A row as a chat, in either form that chats are published in: {role, content} or ShareGPT's {from, value}.
// Must not know: chat templates.

import type { ChatFault } from '../../../problem/dataset.ts'
import type { ChatMessage } from '../../../protocol/dataset.ts'
import { fieldOf, isJsonList, isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { errorOf, type Finding, type ReadRecord, warningOf, wholeText } from './findings.ts'

const roleNames = new Map<string, ChatMessage['role']>([
  ['system', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['gpt', 'assistant'],
])

export function readChat(row: JsonObject, field: string): ReadRecord {
  const list = fieldOf(row, field)
  if (list === undefined) return refused(errorOf({ code: 'row.missing-field', values: { field }, where: field }))
  if (!isJsonList(list)) return fault('no-list', field)
  const findings: Finding[] = []
  const messages: ChatMessage[] = []
  for (const [i, entry] of list.entries()) {
    const message = readMessage(entry, `${field}[${i}]`, findings)
    if (typeof message === 'string') return fault(message, `${field}[${i}]`)
    messages.push(message)
  }
  const answers = messages.filter(({ role }) => role === 'assistant')
  if (answers.length === 0) return fault('no-answer', field)
  if (messages.every(({ role, content }) => role === 'assistant' || content === '')) {
    return refused(...findings, errorOf({ code: 'row.empty-prompt', values: { field }, where: field }))
  }
  if (answers.every(({ content }) => content === '')) {
    findings.push(warningOf({ code: 'row.empty-label', values: { field }, where: field }))
  }
  return { record: { kind: 'chat', messages }, findings }
}

function readMessage(entry: Json, where: string, findings: Finding[]): ChatMessage | ChatFault {
  if (!isJsonObject(entry)) return 'no-message'
  const roleName = fieldOf(entry, 'role') ?? fieldOf(entry, 'from')
  const role = typeof roleName === 'string' ? roleNames.get(roleName) : undefined
  if (role === undefined) return 'role'
  const content = contentText(fieldOf(entry, 'content') ?? fieldOf(entry, 'value'))
  return content === null ? 'content' : { role, content: wholeText(content, where, findings) }
}

/** Text, or a list of parts of which every one is text; null for anything else. */
function contentText(content: Json | undefined): string | null {
  if (typeof content === 'string') return content
  if (!isJsonList(content)) return null
  const parts = content.map((part) => (isJsonObject(part) && fieldOf(part, 'type') === 'text' ? fieldOf(part, 'text') : null))
  const texts = parts.filter((part) => typeof part === 'string')
  return texts.length === parts.length ? texts.join('') : null
}

function fault(reason: ChatFault, where: string): ReadRecord {
  return refused(errorOf({ code: 'row.chat', values: { reason }, where }))
}

function refused(...findings: Finding[]): ReadRecord {
  return { record: null, findings }
}
