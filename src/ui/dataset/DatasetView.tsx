// The data set in use: what it is, what of it will be learned, its records and the one that is open.

import { useState } from 'react'
import type { Dataset } from '../../session/dataset.ts'
import { preview } from '../../session/preview.ts'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { DatasetFigures } from './DatasetFigures.tsx'
import { DatasetHead } from './DatasetHead.tsx'
import styles from './DatasetView.module.css'
import { ReadingReport } from './ReadingReport.tsx'
import { RecordList } from './RecordList.tsx'
import { RecordPane } from './RecordPane.tsx'
import { WaitingForModel } from './WaitingForModel.tsx'

export function DatasetView({ dataset }: { dataset: Dataset }) {
  const { report, problem, status } = useStore(preview)
  const [reportOpen, setReportOpen] = useState(false)
  return (
    <>
      <DatasetHead dataset={dataset} reportOpen={reportOpen} onReport={() => setReportOpen(!reportOpen)} />
      {reportOpen && <ReadingReport reading={dataset.reading} />}
      {status === 'failed' && problem !== null && <ProblemNote problem={problem} />}
      {report === null ? (
        <WaitingForModel />
      ) : (
        <>
          <DatasetFigures report={report} />
          <div className={styles.columns}>
            <RecordList report={report} />
            <RecordPane />
          </div>
        </>
      )}
    </>
  )
}
