// A file that holds one object: either a record without its list, or a list in a wrapper such as {"data": [ … ]}.
// Only an object with a single list of records, and no field that a record has, is taken for a wrapper.
// Must not know: what records mean, beyond the names of their fields.

import { ProblemError } from '../../../problem/problem.ts'
import type { Pacer } from '../pacer.ts'
import { isRecordField } from '../records/fieldNames.ts'
import { faultAt, jsonFault } from './jsonFault.ts'
import { cutList, parseAt, skipSpace, stringEnd, valueEnd } from './jsonList.ts'
import type { Row } from './row.ts'

type Wrapped = { rows: readonly Row[]; field: string }

/** The records in the object that opens at `start`. Throws dataset.not-an-array where it is no wrapper, and the faults of syntax. */
export async function cutObject(text: string, start: number, name: string, pacer: Pacer): Promise<Wrapped> {
  const found: Wrapped[] = []
  let isRecord = false
  let at = skipSpace(text, start + 1)
  const broken = () => new ProblemError(jsonFault(text, start, valueEnd(text, start), name))

  while (text[at] !== '}') {
    if (text[at] !== '"') throw broken()
    const keyEnd = stringEnd(text, at)
    const key = parseAt(text, at, keyEnd, name)
    const colon = skipSpace(text, keyEnd)
    if (text[colon] !== ':') throw broken()
    const value = skipSpace(text, colon + 1)
    if (typeof key === 'string' && isRecordField(key)) isRecord = true
    let end = valueEnd(text, value)
    if (text[value] === '[' && text[skipSpace(text, value + 1)] === '{' && !isRecord && found.length === 0) {
      const list = await cutList(text, value, name, pacer)
      found.push({ rows: list.rows, field: String(key) })
      end = list.end
    } else if (text[value] === '[') found.push({ rows: [], field: String(key) })
    else parseAt(text, value, end, name)
    at = skipSpace(text, end)
    if (text[at] === ',') {
      at = skipSpace(text, at + 1)
      if (text[at] === '}') throw broken()
    } else if (text[at] !== '}') throw broken()
  }
  const after = skipSpace(text, at + 1)
  if (after < text.length) throw new ProblemError(faultAt(text, after, 'more', name))
  const [wrapped] = found
  if (isRecord || !wrapped || found.length > 1 || wrapped.rows.length === 0) {
    throw new ProblemError({ code: 'dataset.not-an-array', values: { found: 'object' }, where: name })
  }
  return wrapped
}
