// Says where a JSON text is wrong, once JSON.parse has refused it: JSON.parse is fast and names no line; a second, strict parser finds the place.
// Must not know: records.

import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'
import type { SyntaxFault } from '../../../problem/dataset.ts'
import type { Problem } from '../../../problem/problem.ts'
import { positionOf } from './position.ts'

const faults: Readonly<Record<string, SyntaxFault>> = {
  InvalidSymbol: 'word',
  InvalidNumberFormat: 'number',
  PropertyNameExpected: 'name',
  ValueExpected: 'value',
  ColonExpected: 'colon',
  CommaExpected: 'comma',
  CloseBraceExpected: 'closing',
  CloseBracketExpected: 'closing',
  EndOfFileExpected: 'more',
  InvalidCommentToken: 'comment',
  UnexpectedEndOfComment: 'comment',
  UnexpectedEndOfString: 'quote',
  UnexpectedEndOfNumber: 'number',
  InvalidUnicode: 'escape',
  InvalidEscapeCharacter: 'escape',
  InvalidCharacter: 'control',
}

/** The first fault of the JSON value that begins at `from`; `valueEnd` is where it was taken to end. */
export function jsonFault(text: string, from: number, valueEnd: number, where: string): Problem {
  const first = firstFault(text.slice(from))
  // The strict parser takes one thing or two that JSON.parse refuses; then at least the record is named.
  if (first === null || from + first.offset >= Math.max(valueEnd, from + 1)) {
    return faultAt(text, valueEnd >= text.length ? text.length : from, valueEnd >= text.length ? 'cut-off' : 'unclear', where)
  }
  return faultAt(text, from + first.offset, first.fault, where)
}

/** A fault at a known place. A comma before a closing bracket and the end of the text have problems of their own. */
export function faultAt(text: string, offset: number, fault: SyntaxFault, where: string): Problem {
  const comma = trailingComma(text, offset)
  if (comma !== null) return { code: 'dataset.trailing-comma', values: positionOf(text, comma), where }
  const atEnd = text.slice(offset).trim() === ''
  const end = text.trimEnd().length
  const position = positionOf(text, atEnd ? end : offset)
  return { code: 'dataset.syntax', values: { ...position, expected: atEnd ? 'cut-off' : fault }, where }
}

function trailingComma(text: string, offset: number): number | null {
  if (text[offset] !== ']' && text[offset] !== '}') return null
  let before = offset - 1
  while (before >= 0 && ' \t\r\n'.includes(text[before] ?? '')) before--
  return text[before] === ',' ? before : null
}

type Fault = { offset: number; fault: SyntaxFault }

/** Carries the first fault out of the parser, which would go on to the end of the file. */
class FaultFound extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.fault)
    this.fault = fault
  }
}

function firstFault(text: string): Fault | null {
  const onError = (code: ParseErrorCode, offset: number) => {
    throw new FaultFound({ offset, fault: faults[printParseErrorCode(code)] ?? 'unclear' })
  }
  try {
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false })
    return null
  } catch (error) {
    if (error instanceof FaultFound) return error.fault
    // Nested too deeply for a parser that calls itself.
    if (error instanceof RangeError) return null
    throw error
  }
}
