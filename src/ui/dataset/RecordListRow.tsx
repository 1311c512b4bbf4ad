// One record in the list: number, first words, how much of it is context and how much is learned, and what to know about it.

import type { RecordRow } from '../../protocol/dataset.ts'
import { go } from '../../session/address.ts'
import { classes } from '../kit/classes.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { RecordFlags } from './RecordFlags.tsx'
import styles from './RecordListRow.module.css'

export const recordRowHeight = 62

type Props = { row: RecordRow; longest: number; selected: boolean; place: { top: number; position: number; of: number } }

export function RecordListRow({ row, longest, selected, place }: Props) {
  const { list: words } = useWords().dataset
  const { count } = useFigures()
  const tokens = row.contextTokens + row.learnedTokens
  const width = longest === 0 ? 0 : (100 * tokens) / longest
  return (
    // The list has the focus and moves with the keys; a row only answers the pointer.
    <div
      id={`record-${row.index}`}
      className={classes(styles.row, selected && styles.selected, row.leftOut && styles.leftOut)}
      role="option"
      aria-selected={selected}
      aria-setsize={place.of}
      aria-posinset={place.position}
      tabIndex={-1}
      style={{ transform: `translateY(${place.top}px)`, height: recordRowHeight }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => go('data', row.row)}
      onKeyDown={undefined}
    >
      <span className={styles.number}>{row.row}</span>
      <span className={styles.excerpt}>
        <span className={styles.words}>{row.excerpt === '' ? words.empty : row.excerpt}</span>
      </span>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.whole} style={{ width: `${width}%` }}>
          <span className={styles.context} style={{ flexGrow: row.contextTokens }} />
          <span className={styles.learned} style={{ flexGrow: row.learnedTokens }} />
        </span>
      </span>
      <span className={styles.facts}>
        <span className={styles.tokens}>{words.tokens(count(tokens), count(row.learnedTokens))}</span>
        <RecordFlags row={row} />
      </span>
    </div>
  )
}
