// The open record: what of it is context and what is learned, as text, as tokens or as the article prints it; its batch; its edits.

import { useState } from 'react'
import type { DataRecord, InstructRecord, RecordPreview } from '../../protocol/dataset.ts'
import { openRecord } from '../../session/record.ts'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { ArticleView } from './ArticleView.tsx'
import { BatchView } from './BatchView.tsx'
import { MaskDecides } from './MaskDecides.tsx'
import { RecordActions } from './RecordActions.tsx'
import { RecordEditor } from './RecordEditor.tsx'
import { RecordFacts } from './RecordFacts.tsx'
import styles from './RecordPane.module.css'
import { SegmentText } from './SegmentText.tsx'
import { StraddleNote } from './StraddleNote.tsx'
import { TokenChips } from './TokenChips.tsx'

type View = 'text' | 'tokens' | 'article'
/** What is being edited, by the record's index: a draft waits while other records are looked at. */
type Drafts = Readonly<Record<number, InstructRecord>>
const views: readonly View[] = ['text', 'tokens', 'article']

export function RecordPane() {
  const { record: words } = useWords()
  const { record, batch, problem } = useStore(openRecord)
  const [view, setView] = useState<View>('text')
  const [drafts, setDrafts] = useState<Drafts>({})
  const draft = (index: number, record: DataRecord) =>
    record.kind === 'instruct' && setDrafts((now) => ({ ...now, [index]: record }))
  if (problem !== null) return <ProblemNote problem={problem} />
  if (record === null) return <p className={styles.nothing}>{words.nothing}</p>
  const open = drafts[record.index]
  return (
    <section className={styles.pane} aria-labelledby="record-title">
      <div className={styles.head}>
        <h2 id="record-title">{words.title(String(record.row))}</h2>
        <RecordActions record={record} onEdit={() => draft(record.index, record.record)} />
      </div>
      {open !== undefined ? (
        <RecordEditor
          index={record.index}
          draft={open}
          onChange={(changed) => draft(record.index, changed)}
          onDone={() => setDrafts(({ [record.index]: _, ...others }) => others)}
        />
      ) : (
        <>
          <div className={styles.tools}>
            <Segmented
              label={words.view}
              value={view}
              choices={views.map((value) => ({ value, label: words.views[value] }))}
              onChange={setView}
            />
            <RecordFacts record={record} />
          </div>
          <Shown record={record} view={view} />
          <MaskDecides record={record} />
          <StraddleNote record={record} />
          {record.problems.map(({ problem: found, severity }) => (
            <ProblemNote key={found.code} problem={found} tone={severity === 'note' ? 'note' : 'warn'} />
          ))}
        </>
      )}
      {batch !== null && <BatchView batch={batch} open={record.index} heldOut={record.heldOut} />}
    </section>
  )
}

function Shown({ record, view }: { record: RecordPreview; view: View }) {
  if (view === 'tokens') return <TokenChips tokens={record.tokens} />
  if (view === 'article') return <ArticleView record={record} />
  return <SegmentText segments={record.segments} />
}
