// The step Play: a prompt, what every model writes from it, the verdict, and the whole data set as a table.

import { useWords } from '../words/useWords.ts'
import { PaneGrid } from './PaneGrid.tsx'
import styles from './PlaygroundStep.module.css'
import { SamplingFold } from './SamplingFold.tsx'
import { ScorePanel } from './ScorePanel.tsx'
import { SubjectPanel } from './SubjectPanel.tsx'
import { useSubject } from './useSubject.ts'
import { VerdictPanel } from './VerdictPanel.tsx'

export function PlaygroundStep() {
  const words = useWords().playground
  const subject = useSubject()
  return (
    <div className={styles.step}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <p>{words.intro}</p>
      </header>
      <SubjectPanel {...subject} />
      <SamplingFold />
      <PaneGrid />
      <VerdictPanel />
      <ScorePanel openRecord={subject.open} />
    </div>
  )
}
