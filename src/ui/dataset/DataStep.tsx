// The step Data: bring records in, read the report on a file, look through what will be learned.

import { activities } from '../../session/activity.ts'
import { dataset, putReadingAway } from '../../session/dataset.ts'
import { Button } from '../kit/Button.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './DataStep.module.css'
import { DatasetView } from './DatasetView.tsx'
import { DataWelcome } from './DataWelcome.tsx'
import { ReadingReport } from './ReadingReport.tsx'
import { RefusedNote } from './RefusedNote.tsx'

export function DataStep() {
  const { status, inUse, next, refused } = useStore(dataset)
  return (
    <div className={styles.step}>
      {refused !== null && <RefusedNote refused={refused} />}
      {status === 'reading' && next !== null && <ReadingNow name={next.source.name} />}
      {status === 'report' && next !== null && next.reading !== null ? (
        <ReadingReport reading={next.reading} waiting />
      ) : inUse === null ? (
        <DataWelcome />
      ) : (
        <DatasetView key={inUse.id} dataset={inUse} />
      )}
    </div>
  )
}

function ReadingNow({ name }: { name: string }) {
  const { dataset: words } = useWords()
  const progress = useStore(activities).find((activity) => activity.progress.work === 'reading')?.progress
  return (
    <div className={styles.reading} role="status">
      <p>{words.reading(name)}</p>
      <Progress label={words.reading(name)} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <Button size="small" onClick={putReadingAway}>
        {words.stopReading}
      </Button>
    </div>
  )
}
