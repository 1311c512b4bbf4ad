// The two prompts of a record: the question alone, and the question with its input.
// A chat or a record of tokens has no such parts; its whole context is then the prompt, and there is no question alone.

import type { RecordPreview } from '../protocol/dataset.ts'

export type Prompt = {
  instruct: string
  input: string
  label: string
  /** The input is all that the model reads, a chat's template included. */
  whole?: true
}

export function promptOf(preview: Pick<RecordPreview, 'record' | 'context' | 'segments'>): Prompt {
  const { record } = preview
  if (record.kind === 'instruct') return { instruct: record.instruct, input: record.input, label: record.label }
  const answer = preview.segments.filter(({ kind, special }) => kind === 'learned' && !special)
  return { whole: true, instruct: '', input: preview.context, label: answer.map(({ text }) => text).join('') }
}
