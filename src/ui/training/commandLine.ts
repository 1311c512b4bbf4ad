// The command that does on a terminal what the button does in the page.
// Words are quoted for a POSIX shell, since file names come from the person's disk.

/** `adapter` null: none is open beside the model. */
export type CommandParts = { model: string; adapter: string | null; data: string; config: string; out: string }

/** One line, ready to be pasted into a terminal in the checkout. */
export function trainCommand(parts: CommandParts): string {
  const options: readonly (readonly [string, string])[] = [
    ['--model', parts.model],
    ...(parts.adapter === null ? [] : [['--adapter', parts.adapter] as const]),
    ['--data', parts.data],
    ['--config', parts.config],
    ['--out', parts.out],
  ]
  return `npm run -s tabtune -- train ${options.map(([name, value]) => `${name} ${shellWord(value)}`).join(' ')}`
}

/** A word as a POSIX shell reads it back; quoted only where it must be. A word that begins with a dash is made a path. */
export function shellWord(word: string): string {
  const path = word.startsWith('-') ? `./${word}` : word
  if (path !== '' && /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(path)) return path
  return `'${path.replaceAll("'", `'\\''`)}'`
}
