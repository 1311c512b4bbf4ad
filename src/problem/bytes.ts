// A number of bytes in the sentences of problems, in powers of 1000.

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** "9.6 MB"; alike in every language of the page. */
export function sayBytes(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  return `${value < 100 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power] ?? ''}`
}
