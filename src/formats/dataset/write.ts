// Records as JSON text, in the form that `readDataset` takes: the article's three fields, messages, or tokens.
// Must not know: where the text goes.

import type { DataRecord } from '../../protocol/dataset.ts'

/** A JSON list, indented by two; token records stay on one line each. */
export function writeDataset(records: readonly DataRecord[]): string {
  return `[\n${records.map(recordText).join(',\n')}\n]\n`
}

function recordText(record: DataRecord): string {
  if (record.kind === 'tokens') return `  ${JSON.stringify({ input_ids: record.input_ids, labels: record.labels })}`
  const { kind: _, ...fields } = record
  return `  ${JSON.stringify(fields, null, 2).replaceAll('\n', '\n  ')}`
}
