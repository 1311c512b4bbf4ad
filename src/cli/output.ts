// What a command prints: with --json one object a line and nothing else on standard output, without it words for a person.

/** Prints `object` with --json, the words without. */
export function print(json: boolean, object: object, words: () => string): void {
  console.log(json ? JSON.stringify(object) : words())
}

/** A line for the person only, on standard error, so that --json stays clean. */
export function note(words: string): void {
  console.error(words)
}

/** One line of a table: cells padded to their widths; full-width characters take two places. */
export function tableLine(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - placesOf(cell))))
    .join('  ')
    .trimEnd()
}

function placesOf(text: string): number {
  let places = 0
  for (const character of text)
    places += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character)
      ? 2
      : 1
  return places
}

/** Text on one line, line breaks shown. */
export function oneLine(text: string): string {
  return text.replaceAll('\n', '⏎')
}
