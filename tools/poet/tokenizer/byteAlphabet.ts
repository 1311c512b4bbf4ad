// The 256 characters that stand for bytes in a byte-level vocabulary, as GPT-2 chose them (Radford et al. 2019).
// A byte that prints stands for itself; the others (space, line end, control, half of UTF-8) move up to U+0100 and on,
// so that vocabulary and merges can be written in a text file without spaces in the tokens.

function prints(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae
}

/** The character of each byte, by the byte's value: 256 entries, all different. */
export function byteAlphabet(): readonly string[] {
  const alphabet: string[] = []
  let moved = 0
  for (let byte = 0; byte < 256; byte += 1) {
    if (prints(byte)) {
      alphabet.push(String.fromCharCode(byte))
    } else {
      alphabet.push(String.fromCharCode(0x100 + moved))
      moved += 1
    }
  }
  return alphabet
}
