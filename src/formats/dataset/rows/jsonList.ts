// Cuts a JSON list into its records and parses them one by one, so that a file of any size is read in short stretches,
// each record knows its line, and a fault is looked for in one record only.
// Must not know: what records mean.

import { ProblemError } from '../../../problem/problem.ts'
import { type Json, parseJson } from '../../json.ts'
import type { Pacer } from '../pacer.ts'
import { faultAt, jsonFault } from './jsonFault.ts'
import { countLines } from './position.ts'
import type { Row } from './row.ts'

export type CutList = { rows: Row[]; end: number }

/** The records of the list whose bracket is at `start`, and where the list ends. Throws dataset.syntax and dataset.trailing-comma. */
export async function cutList(text: string, start: number, name: string, pacer: Pacer): Promise<CutList> {
  const rows: Row[] = []
  let at = skipSpace(text, start + 1)
  if (text[at] === ']') return { rows, end: at + 1 }
  let line = 1
  let counted = 0
  for (;;) {
    const end = valueEnd(text, at)
    line += countLines(text, counted, at)
    counted = at
    rows.push({ line, content: { ok: true, value: parseAt(text, at, end, name) } })
    const next = skipSpace(text, end)
    if (text[next] === ']') return { rows, end: next + 1 }
    if (text[next] !== ',') throw new ProblemError(faultAt(text, next, 'comma', name))
    at = skipSpace(text, next + 1)
    if (text[at] === ']') throw new ProblemError(faultAt(text, at, 'value', name))
    const rest = pacer.due(at / text.length)
    if (rest) await rest
  }
}

/** The value in [from, to). Throws dataset.syntax and dataset.trailing-comma. */
export function parseAt(text: string, from: number, to: number, name: string): Json {
  try {
    return parseJson(text.slice(from, to))
  } catch {
    throw new ProblemError(jsonFault(text, from, to, name))
  }
}

/** Behind the JSON value that begins at `from`; the end of the text where it is not closed. Brackets inside text do not count. */
export function valueEnd(text: string, from: number): number {
  const first = text.charCodeAt(from)
  if (first === quote) return stringEnd(text, from)
  if (first !== openBrace && first !== openBracket) return literalEnd(text, from)
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === quote) at = stringEnd(text, at) - 1
    else if (unit === openBrace || unit === openBracket) depth++
    else if (unit === closeBrace || unit === closeBracket) {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

export function skipSpace(text: string, from: number): number {
  let at = from
  for (let unit = text.charCodeAt(at); unit === 32 || unit === 10 || unit === 13 || unit === 9; unit = text.charCodeAt(at)) at++
  return at
}

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/** Behind the closing quote of the text that opens at `from`: the next quote with an even number of backslashes before it. */
export function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at - 1
    while (text.charCodeAt(before) === backslash) before--
    if ((at - before) % 2 === 1) return at + 1
  }
  return text.length
}

function literalEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !',]}\n\r\t '.includes(text.charAt(at))) at++
  return at
}
