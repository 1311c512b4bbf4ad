// A table that may be very long: only the rows in sight are drawn, and it stays a table for a screen reader.
// Rows have one height, so that scrolling needs no measuring. Must not know: what the rows are.

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { classes } from './classes.ts'
import styles from './VirtualTable.module.css'

export type Column = { key: string; head: ReactNode; numeric?: boolean }

type Props = {
  label: string
  columns: readonly Column[]
  count: number
  /** The cells of one row, in the order of the columns. */
  cells: (index: number) => readonly ReactNode[]
  /** Marks the row that is open. */
  current?: number | null
}

const rowHeight = 34
/** What scrolls must be reachable by keyboard, though it is no control. */
const reachable = { tabIndex: 0 }

export function VirtualTable({ label, columns, count, cells, current = null }: Props) {
  const frame = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({ count, getScrollElement: () => frame.current, estimateSize: () => rowHeight, overscan: 8 })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <section ref={frame} className={styles.frame} aria-label={label} {...reachable}>
      <table className={styles.table} aria-rowcount={count + 1} aria-label={label}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ key, head, numeric }) => (
              <th key={key} scope="col" className={classes(numeric && styles.numeric)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} columns={columns.length} />
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} className={classes(index === current && styles.current)}>
              {cells(index).map((cell, at) => (
                <td key={columns[at]?.key ?? at} className={classes(columns[at]?.numeric && styles.numeric)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
          <Gap height={after} columns={columns.length} />
        </tbody>
      </table>
    </section>
  )
}

/** Stands for the rows out of sight. */
function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td colSpan={columns} className={styles.gap} style={{ height }} />
    </tr>
  )
}
