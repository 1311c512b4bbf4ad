// A file's bytes into text: UTF-8 or UTF-16 of either byte order, with a byte order mark or without one.
// Bytes that are no text are refused rather than replaced, because what is replaced here would be learned.
// Must not know: what the text says.

import { type Problem, ProblemError } from '../../problem/problem.ts'
import type { DatasetReading, DatasetSource } from '../../protocol/dataset.ts'
import type { Pacer } from './pacer.ts'
import { countLines } from './rows/position.ts'

export type Encoding = DatasetReading['encoding']
export type DecodedText = { text: string; encoding: Encoding; bytes: number }

/** Bytes that are read. A string of JavaScript holds little more. */
export const largestFile = 500_000_000

/** Even, so that no UTF-16 unit is cut. */
const bytesPerRead = 1024 * 1024
const headBytes = 4096

/** Throws ProblemErrors: dataset.empty, dataset.too-large, dataset.not-text, dataset.encoding, dataset.unreadable. */
export async function decodeText({ name, content }: DatasetSource, pacer: Pacer): Promise<DecodedText> {
  const bytes = sizeOf(content)
  if (bytes > largestFile) throw problem(name, { code: 'dataset.too-large', values: { bytes, limit: largestFile }, where: name })
  if (typeof content === 'string') return finished(name, content.replace(/^\uFEFF/, ''), 'utf-8', bytes)
  const head = await readBytes(name, content, 0, headBytes)
  const encoding = encodingOf(head)
  if (encoding === null) throw problem(name, { code: 'dataset.not-text', values: { name }, where: name })
  const decode = encoding === 'utf-8' ? utf8Decoder(name, head) : utf16Decoder(encoding)
  const parts: string[] = []
  for (let from = 0; from < bytes; from += bytesPerRead) {
    const to = Math.min(from + bytesPerRead, bytes)
    parts.push(decode(await readBytes(name, content, from, to), to === bytes, parts))
    const rest = pacer.due(to / bytes)
    if (rest) await rest
  }
  return finished(name, parts.join('').replace(/^\uFEFF/, ''), encoding, bytes)
}

/** Bytes of a file, or of pasted text as UTF-8. */
export function sizeOf(content: Blob | string): number {
  return typeof content === 'string' ? new Blob([content]).size : content.size
}

function finished(name: string, text: string, encoding: Encoding, bytes: number): DecodedText {
  if (text.includes('\0')) throw problem(name, { code: 'dataset.not-text', values: { name }, where: name })
  if (!/\S/.test(text)) throw problem(name, { code: 'dataset.empty', values: { name }, where: name })
  return { text, encoding, bytes }
}

async function readBytes(name: string, content: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await content.slice(from, to).arrayBuffer())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw problem(name, { code: 'dataset.unreadable', values: { message }, where: name })
  }
}

/** By the mark, else by where zero bytes are: text in UTF-16 has them on one side, UTF-8 has none. null: not text. */
function encodingOf(head: Uint8Array): Encoding | null {
  const [first = 0, second = 0] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  let evenZeros = 0
  let oddZeros = 0
  head.forEach((byte, i) => {
    if (byte !== 0) return
    if (i % 2 === 0) evenZeros++
    else oddZeros++
  })
  if (evenZeros + oddZeros === 0) return 'utf-8'
  const encoding = oddZeros > 4 * evenZeros ? 'utf-16le' : evenZeros > 4 * oddZeros ? 'utf-16be' : null
  return encoding !== null && !hasControls(utf16Decoder(encoding)(head.slice(), false)) ? encoding : null
}

type Decode = (bytes: Uint8Array<ArrayBuffer>, last: boolean, before: readonly string[]) => string

function utf8Decoder(name: string, head: Uint8Array): Decode {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (bytes, last, before) => {
    try {
      return decoder.decode(bytes, { stream: !last })
    } catch {
      if (hasControls(new TextDecoder('latin1').decode(head)))
        throw problem(name, { code: 'dataset.not-text', values: { name }, where: name })
      const [good = ''] = new TextDecoder().decode(bytes).split('\uFFFD', 1)
      const line = 1 + [...before, good].reduce((lines, part) => lines + countLines(part, 0, part.length), 0)
      throw problem(name, { code: 'dataset.encoding', values: { line }, where: name })
    }
  }
}

/** Unit by unit and not by TextDecoder, which would replace lone surrogates unseen; they are found and told later. */
function utf16Decoder(encoding: 'utf-16le' | 'utf-16be') {
  return (bytes: Uint8Array<ArrayBuffer>, last: boolean): string => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const units = Uint16Array.from({ length: bytes.length >> 1 }, (_, i) => view.getUint16(2 * i, encoding === 'utf-16le'))
    const parts: string[] = []
    for (let from = 0; from < units.length; from += 8192) parts.push(String.fromCharCode(...units.subarray(from, from + 8192)))
    if (last && bytes.length % 2 === 1) parts.push('\uFFFD')
    return parts.join('')
  }
}

/** Control characters that no text has. */
function hasControls(text: string): boolean {
  return [...text].some((character) => character < ' ' && !'\t\n\r\f\u001b'.includes(character))
}

function problem(name: string, what: Problem) {
  return new ProblemError({ ...what, where: name })
}
