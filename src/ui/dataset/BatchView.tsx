// The batch that the open record falls into in file order: every row padded on the right to one length, each position as a small square.

import type { BatchPreview } from '../../protocol/dataset.ts'
import { go } from '../../session/address.ts'
import { preview } from '../../session/preview.ts'
import { settings } from '../../session/settings.ts'
import { classes } from '../kit/classes.ts'
import { Hidden } from '../kit/Hidden.tsx'
import { placed } from '../kit/placed.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './BatchView.module.css'

type BatchRow = BatchPreview['rows'][number]
/** Beyond so many positions a square each says less than one bar a part. */
const squaresUpTo = 160

type Props = { batch: BatchPreview; open: number; heldOut: boolean }

export function BatchView({ batch, open, heldOut }: Props) {
  const { batch: words } = useWords().record
  const { count } = useFigures()
  const packing = useStore(settings, (now) => now.settings.packing)
  if (batch.rows.length === 0) return <p className={styles.about}>{heldOut ? words.heldOut : words.none}</p>
  return (
    <details className={styles.batch} open>
      <summary className={styles.summary}>{words.title(count(batch.rows.length))}</summary>
      <p className={styles.about}>{words.about(count(batch.length))}</p>
      {packing && <p className={styles.about}>{words.packing}</p>}
      <ul className={styles.rows}>
        {batch.rows.map((row) => (
          <BatchLine key={row.index} row={row} length={batch.length} isOpen={row.index === open} />
        ))}
      </ul>
    </details>
  )
}

function BatchLine({ row, length, isOpen }: { row: BatchRow; length: number; isOpen: boolean }) {
  const { batch: words } = useWords().record
  const { count } = useFigures()
  const number = useStore(preview, ({ report }) => report?.rows.find(({ index }) => index === row.index)?.row) ?? row.index + 1
  const kinds = row.labels.map((label, position) =>
    row.attention_mask[position] === 0 ? 'pad' : label === -100 ? 'context' : 'learned',
  )
  const many = (kind: string) => kinds.filter((other) => other === kind).length
  const said = words.position(count(many('context')), count(many('learned')), count(many('pad')))
  return (
    <li className={classes(styles.line, isOpen && styles.open)}>
      <button type="button" className={styles.name} aria-current={isOpen || undefined} onClick={() => go('data', number)}>
        {words.row(count(number))}
        <Hidden>: {said}</Hidden>
      </button>
      <span className={styles.positions} aria-hidden="true" title={said}>
        {length <= squaresUpTo
          ? placed(kinds).map(({ place, item: kind }) => (
              <span key={place} className={styles[kind]} title={row.texts[Number(place)]} />
            ))
          : (['context', 'learned', 'pad'] as const).map((kind) => (
              <span key={kind} className={styles[kind]} style={{ flexGrow: many(kind) }} />
            ))}
      </span>
      <span className={styles.padding} aria-hidden="true">
        {many('pad') === 0 ? words.noPad : words.pad(count(many('pad')))}
      </span>
    </li>
  )
}
