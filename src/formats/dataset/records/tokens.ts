// A row that is tokens already: input_ids, and labels in which -100 stands where nothing is learned.
// Must not know: a vocabulary; whether the ids fit one is seen where there is a model.

import type { TokenFault } from '../../../problem/dataset.ts'
import { fieldOf, isJsonList, type Json, type JsonObject } from '../../json.ts'
import { errorOf, type ReadRecord } from './findings.ts'

const notLearned = -100

/** The fields' names; null where the file has none of this role. */
export type TokenFields = { input_ids: string | null; labels: string | null }

export function readTokens(row: JsonObject, fields: TokenFields): ReadRecord {
  const idsValue = fields.input_ids === null ? undefined : fieldOf(row, fields.input_ids)
  const labelsValue = fields.labels === null ? undefined : fieldOf(row, fields.labels)
  if (idsValue === undefined) return missing(fields.input_ids ?? 'input_ids')
  if (labelsValue === undefined) return missing(fields.labels ?? 'labels')
  if (!isJsonList(idsValue) || !isJsonList(labelsValue)) return fault('no-lists')
  if (idsValue.length === 0) return fault('empty')
  if (idsValue.length !== labelsValue.length) return fault('lengths')
  const input_ids = wholeNumbers(idsValue, null)
  if (!input_ids) return fault('ids')
  const labels = wholeNumbers(labelsValue, notLearned)
  if (!labels) return fault('labels')
  return { record: { kind: 'tokens', input_ids, labels }, findings: [] }
}

function wholeNumbers(values: readonly Json[], besides: number | null): number[] | null {
  const numbers = values.filter((value) => typeof value === 'number')
  const fit = numbers.every((value) => Number.isSafeInteger(value) && (value >= 0 || value === besides))
  return fit && numbers.length === values.length ? numbers : null
}

function missing(field: string): ReadRecord {
  return { record: null, findings: [errorOf({ code: 'row.missing-field', values: { field }, where: field })] }
}

function fault(reason: TokenFault): ReadRecord {
  return { record: null, findings: [errorOf({ code: 'row.tokens', values: { reason }, where: 'input_ids' })] }
}
