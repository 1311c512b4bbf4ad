// One pane: which model from which prompt, what it wrote so far, and how the writing ended.

import { useFigures, useWords } from '../words/useWords.ts'
import { MarkedText } from './MarkedText.tsx'
import styles from './PaneView.module.css'
import type { PaneText } from './paneTexts.ts'

type Props = { pane: PaneText; against: { label: string; input: string }; writing: boolean }

export function PaneView({ pane, against, writing }: Props) {
  const words = useWords().playground
  const still = writing && pane.from === 'written' && pane.stopped === null
  const name = `${words.slots[pane.slot]} · ${words.rows[pane.row]}`
  const finished = pane.from === 'scored' || pane.stopped !== null
  return (
    <section className={styles.pane} data-slot={pane.slot} aria-label={name} aria-busy={still}>
      <h3 className={styles.head} title={words.slotsAbout[pane.slot]}>
        <span className={styles.slot}>{words.slots[pane.slot]}</span>
        <span className={styles.row}>{words.rows[pane.row]}</span>
      </h3>
      {pane.from === 'none' ? (
        <p className={styles.none}>{words.panes.empty}</p>
      ) : (
        <MarkedText text={pane.text} against={against} writing={still} />
      )}
      {finished && pane.text.trim() === '' && <p className={styles.none}>{words.panes.nothing}</p>}
      <Foot pane={pane} writing={still} />
    </section>
  )
}

function Foot({ pane, writing }: { pane: PaneText; writing: boolean }) {
  const words = useWords().playground.panes
  const { count } = useFigures()
  const tokens = words.tokens(count(pane.tokens), pane.tokens === 1)
  const ends = { 'end-token': words.ended, length: words.cut }
  const text = {
    none: '',
    scored: words.scored,
    written: pane.stopped === null ? (writing ? `${words.writing} ${tokens}` : tokens) : `${tokens}, ${ends[pane.stopped]}`,
  }
  return <p className={styles.foot}>{text[pane.from]}</p>
}
