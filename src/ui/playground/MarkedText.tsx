// What a model wrote, with the parts marked that equal the label or recite the input: by colour, by the kind of underline, and in words below.
// The text is text, whatever is in it; line breaks are kept.

import { useMemo } from 'react'
import { Hidden } from '../kit/Hidden.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './MarkedText.module.css'
import { markedParts, shareOf } from './markedParts.ts'

type Props = { text: string; against: { label: string; input: string }; writing?: boolean }

export function MarkedText({ text, against, writing = false }: Props) {
  const words = useWords().playground.marks
  const { percent } = useFigures()
  const { label, input } = against
  const parts = useMemo(() => markedParts(text.trim(), { label, input }), [text, label, input])
  const shares = [
    { say: words.labelShare, share: shareOf(parts, 'label', label) },
    { say: words.inputShare, share: shareOf(parts, 'input', input) },
  ]
  return (
    <>
      <p className={styles.text}>
        {parts.map(({ at, text: part, mark }) =>
          mark === null ? (
            <span key={at}>{part}</span>
          ) : (
            <mark key={at} className={styles[mark]}>
              {part}
            </mark>
          ),
        )}
        {writing && <span className={styles.caret} aria-hidden="true" />}
      </p>
      <p className={styles.shares}>
        {shares
          .filter(({ share }) => share > 0)
          .map(({ say, share }) => say(percent(share)))
          .join(' · ')}
        <Hidden>{shares.every(({ share }) => share === 0) && text !== '' ? words.neither : ''}</Hidden>
      </p>
    </>
  )
}

/** What the marks mean; beside whatever shows marked texts. */
export function MarkLegend() {
  const words = useWords().playground.marks
  return (
    <p className={styles.legend}>
      <mark className={styles.label}>{words.label}</mark>
      <mark className={styles.input}>{words.input}</mark>
    </p>
  )
}
