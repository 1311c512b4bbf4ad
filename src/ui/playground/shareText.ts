// The panes as plain text, to be pasted into a message or a note.

export type SharedPane = { name: string; text: string }
export type Shared = {
  heading: string
  lines: readonly string[]
  parts: readonly SharedPane[]
  panes: readonly SharedPane[]
  verdict: string
}

/** A heading, the prompt's parts, every pane under its name, and the verdict last. */
export function shareText({ heading, lines, parts, panes, verdict }: Shared): string {
  const block = ({ name, text }: SharedPane) => `[${name}]\n${text.trim()}`
  const blocks = [[heading, ...lines].join('\n'), ...[...parts, ...panes].map(block), verdict]
  return `${blocks.filter((text) => text !== '').join('\n\n')}\n`
}
