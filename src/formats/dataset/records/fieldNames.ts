// The names under which data sets are published, and what each is taken for.
// Must not know: rows.

/** A question's, an addition's and an answer's name, as they occur together. The first family that a file has both ends of is taken. */
export const families: readonly { instruct: string; input: string | null; label: string }[] = [
  { instruct: 'instruct', input: 'input', label: 'label' },
  { instruct: 'instruction', input: 'input', label: 'output' },
  { instruct: 'instruction', input: 'context', label: 'response' },
  { instruct: 'prompt', input: 'input', label: 'completion' },
  { instruct: 'prompt', input: 'input', label: 'response' },
  { instruct: 'question', input: 'context', label: 'answer' },
  { instruct: 'query', input: 'input', label: 'response' },
]

/** For files of which no family is whole: any of these names is better than none. */
export const loneNames = {
  instruct: ['instruct', 'instruction', 'prompt', 'question', 'query'],
  input: ['input', 'context'],
  label: ['label', 'output', 'completion', 'answer', 'response'],
} as const

export const chatNames = ['messages', 'conversations', 'conversation'] as const
export const idsName = 'input_ids'
export const labelsName = 'labels'

const all = new Set<string>([...loneNames.instruct, ...loneNames.input, ...loneNames.label, ...chatNames, idsName, labelsName])

/** Whether a field of this name makes an object a record. Names are compared without regard to case and spaces around them. */
export function isRecordField(name: string): boolean {
  return all.has(plainName(name))
}

export function plainName(name: string): string {
  return name.trim().toLowerCase()
}
