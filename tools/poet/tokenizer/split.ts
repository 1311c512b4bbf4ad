// Cuts text into the pieces that byte pairs may be merged within: words, at most two Han characters, digits, marks, space.
// The pattern here is also what tokenizer.json carries, so training and use cannot disagree.
// Two Han characters at a time is how Chinese verse is read (2-2-1, 2-2-2-1), and no merge crosses a mark or a line end.

/** Written as a range, since the engines that read tokenizer.json do not share a name for the Han script. */
const han = '一-鿿㐀-䶿'

/** In the syntax that both Oniguruma (Hugging Face's Rust tokenizers) and JavaScript's `u` flag understand. */
export const splitPattern = [
  "'(?:s|t|re|ve|m|ll|d)",
  ` ?(?:(?![${han}])[\\p{L}\\p{M}])+`,
  `[${han}]{1,2}`,
  '\\p{N}',
  ' ?[^\\s\\p{L}\\p{M}\\p{N}]+',
  '\\s*[\\r\\n]+',
  '\\s+(?!\\S)',
  '\\s+',
].join('|')

/** The pieces of a text, in order. Every character is in exactly one of them. */
export function splitIntoPieces(text: string): readonly string[] {
  return text.match(new RegExp(splitPattern, 'gu')) ?? []
}
