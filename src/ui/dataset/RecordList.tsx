// The records as a virtual list: only the rows in sight are drawn, so ten thousand scroll and filter at once.
// Arrow keys, Page, Home and End move through it and open what they reach.

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import type { PreviewReport } from '../../protocol/dataset.ts'
import { address, go } from '../../session/address.ts'
import { addressedRow } from '../../session/record.ts'
import { chooseFilter, recordQuery, rowsShown, searchFor } from '../../session/records.ts'
import { Button } from '../kit/Button.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { RecordFilters } from './RecordFilters.tsx'
import styles from './RecordList.module.css'
import { RecordListRow, recordRowHeight } from './RecordListRow.tsx'

export function RecordList({ report }: { report: PreviewReport }) {
  const { list: words } = useWords().dataset
  const { count } = useFigures()
  const query = useStore(recordQuery)
  const { record } = useStore(address)
  const rows = useMemo(() => rowsShown(report.rows, query), [report, query])
  const open = addressedRow(report.rows, record)
  const at = rows.findIndex(({ index }) => index === open?.index)
  const frame = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => recordRowHeight,
    overscan: 8,
  })
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at, { align: 'auto' })
  }, [at, list])

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / recordRowHeight) - 1)
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    }
    const target = to[event.key]
    if (target === undefined) return
    event.preventDefault()
    const row = rows[Math.min(rows.length - 1, Math.max(0, target))]
    if (row !== undefined) go('data', row.row)
  }
  const showAll = () => {
    chooseFilter('all')
    searchFor('')
  }

  return (
    <section className={styles.list} aria-labelledby="records-title">
      <h2 id="records-title" className={styles.title}>
        {words.title} <span className={styles.count}>{words.shown(count(rows.length), count(report.rows.length))}</span>
      </h2>
      <RecordFilters report={report} />
      {rows.length === 0 ? (
        <div className={styles.none}>
          <p>{words.none}</p>
          <Button size="small" onClick={showAll}>
            {words.showAll}
          </Button>
        </div>
      ) : (
        <div
          ref={frame}
          className={styles.frame}
          role="listbox"
          tabIndex={0}
          aria-labelledby="records-title"
          aria-activedescendant={at >= 0 ? `record-${open?.index}` : undefined}
          onKeyDown={move}
        >
          <div className={styles.all} role="presentation" style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              if (row === undefined) return null
              return (
                <RecordListRow
                  key={row.index}
                  row={row}
                  longest={report.statistics.longest}
                  selected={index === at}
                  place={{ top: start, position: index + 1, of: rows.length }}
                />
              )
            })}
          </div>
        </div>
      )}
    </section>
  )
}
