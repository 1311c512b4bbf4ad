// What a command prints: with --json one object a line and nothing else on standard output, without it words for a person.

/** Prints `object` with --json, the words without. */
export function print(json: boolean, object: object, words: () => string): void {
  console.log(json ? JSON.stringify(object) : words())
}

/** A line for the person only, on standard error, so that --json stays clean. */
export function note(words: string): void {
  console.error(words)
}

/** Text on one line, line breaks shown. */
export function oneLine(text: string): string {
  return text.replaceAll('\n', '⏎')
}
