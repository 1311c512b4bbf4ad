// Makes white space in a token's text visible: a token of one line feed would be an empty chip.

const signs: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\r': '␍', '\t': '→' }

export function visible(text: string): string {
  return text === '' ? '∅' : text.replace(/[ \n\r\t]/g, (space) => signs[space] ?? space)
}
