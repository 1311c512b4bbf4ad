// The whole data set as a table: which record each model answers exactly, how close the others come, what is recited. Any row opens in the panes.

import { useMemo, useState } from 'react'
import type { Slot } from '../../protocol/model.ts'
import { askedAs } from '../../session/askedAs.ts'
import { answerLength, evaluation, scoreSlot } from '../../session/evaluation.ts'
import { play } from '../../session/play.ts'
import { preview } from '../../session/preview.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useStore } from '../kit/useStore.ts'
import { VirtualTable } from '../kit/VirtualTable.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './ScorePanel.module.css'
import { type ScoreOrder, type SlotAnswer, scoreRows } from './scoreRows.ts'
import { usePlayable } from './usePlayable.ts'

const allSlots: readonly Slot[] = ['base', 'tuned', 'twin']

export function ScorePanel({ openRecord }: { openRecord: (row: number) => void }) {
  const words = useWords().playground
  const scores = useStore(evaluation)
  const [order, setOrder] = useState<ScoreOrder>('file')
  const rows = useMemo(() => scoreRows(scores, order), [scores, order])
  const slots = allSlots.filter((slot) => scores.slots[slot] !== null)
  const open = useStore(play, (now) => now.subject?.record?.index)
  const random = () => {
    const row = rows[Math.floor(Math.random() * rows.length)]
    if (row !== undefined) openRecord(row.row)
  }
  if (rows.length === 0) {
    return (
      <Panel title={words.table.title}>
        <p className={styles.note}>{words.table.empty}</p>
      </Panel>
    )
  }
  return (
    <Panel
      title={words.table.title}
      actions={
        <>
          {scores.slots.base === null && <AskBase />}
          <Button size="small" onClick={random}>
            {words.table.random}
          </Button>
          <Segmented<ScoreOrder>
            label={words.table.order}
            value={order}
            choices={[
              { value: 'file', label: words.table.orders.file },
              { value: 'best', label: words.table.orders.best },
              { value: 'worst', label: words.table.orders.worst },
            ]}
            onChange={setOrder}
          />
        </>
      }
    >
      <p className={styles.note}>{words.table.about}</p>
      <VirtualTable
        label={words.table.label}
        count={rows.length}
        current={rows.findIndex(({ index }) => index === open)}
        columns={[
          { key: 'row', head: words.table.row, numeric: true },
          { key: 'prompt', head: words.table.prompt },
          ...slots.map((slot) => ({ key: slot, head: words.slots[slot] })),
        ]}
        cells={(place) => {
          const row = rows[place]
          if (row === undefined) return []
          return [
            <OpenRow key="row" row={row.row} open={openRecord} />,
            <span key="prompt" className={styles.prompt}>
              {row.heldOut && <Tag tone="accent">{words.table.heldOut}</Tag>} {row.instruct.trim()}
            </span>,
            ...slots.map((slot) => <Answer key={slot} answer={row.answers[slot]} />),
          ]
        }}
      />
    </Panel>
  )
}

function OpenRow({ row, open }: { row: number; open: (row: number) => void }) {
  const words = useWords().playground.table
  const { count } = useFigures()
  return (
    <Button variant="quiet" size="small" aria-label={words.open(count(row))} onClick={() => open(row)}>
      {count(row)}
    </Button>
  )
}

/** How close instruct + input came to the label, and whether instruct alone recited the input. */
function Answer({ answer }: { answer: SlotAnswer | null }) {
  const words = useWords().playground.table
  const { percent } = useFigures()
  if (answer === null) return null
  const { fromBoth, fromInstruct } = answer
  return (
    <>
      {fromBoth.exact ? <span className={styles.exact}>✓ {words.exact}</span> : percent(fromBoth.similarity)}
      {fromInstruct.recites && (
        <>
          {' '}
          <span className={styles.recited}>{words.recites}</span>
        </>
      )}
    </>
  )
}

function AskBase() {
  const words = useWords().playground.table
  const { reason } = usePlayable()
  const rows = useStore(preview, (now) => now.report?.rows)
  const busy = reason !== null && reason !== 'prompt'
  return (
    <Button size="small" disabled={busy} onClick={() => void scoreSlot('base', answerLength(rows ?? []), askedAs())}>
      {words.askBase}
    </Button>
  )
}
