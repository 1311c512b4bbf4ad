// The text of a generation while it grows, token by token. A character whose bytes are spread over several tokens is held back
// until it is whole, so nothing that was shown is ever taken back.
// Only a short window of tokens is decoded each time: from the last place where the text was whole, one step back for decoders that look behind.
// Must not know: where the tokens come from.

import type { TextTokenizer } from './load.ts'

export type TextStream = {
  /** Takes further ids and returns the characters that are whole now and were not shown yet. */
  push: (ids: readonly number[]) => string
  /** At the end: what was held back, with U+FFFD for bytes that never became a character. */
  finish: () => string
  /** Everything returned so far. */
  text: () => string
}

export function streamText(tokenizer: Pick<TextTokenizer, 'decode'>, options: { skipSpecial?: boolean } = {}): TextStream {
  /** Ids whose text is all shown, kept for the decoder to look behind; then the ids of the window. */
  let behind: readonly number[] = []
  let window: readonly number[] = []
  /** Characters of the window's text that were shown. */
  let shown = 0
  let text = ''

  const show = (windowText: string): string => {
    const fresh = windowText.slice(shown)
    shown = Math.max(shown, windowText.length)
    text += fresh
    return fresh
  }
  const windowText = () => tokenizer.decode([...behind, ...window], options).slice(tokenizer.decode(behind, options).length)

  return {
    push: (ids) => {
      window = [...window, ...ids]
      const all = windowText()
      const whole = all.replace(/\uFFFD+$/, '')
      const fresh = show(whole)
      if (whole.length === all.length) {
        behind = window
        window = []
        shown = 0
      }
      return fresh
    },
    finish: () => show(windowText()),
    text: () => text,
  }
}
