// The one button: it says what it does, and does it.

import { run } from '../../session/run.ts'
import { Button } from '../kit/Button.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { startNextRun, useTrainWords } from './nextRun.ts'
import styles from './RunCard.module.css'
import type { RunFacts } from './runFacts.ts'

export function TrainButton({ facts, disabled }: { facts: RunFacts; disabled: boolean }) {
  const words = useWords().training
  const text = useTrainWords(facts.records)
  const held = useStore(run, ({ histories }) => histories.tuned?.held === true)
  return (
    <div className={styles.train}>
      <Button variant="primary" size="large" disabled={disabled} onClick={() => void startNextRun(facts.records)}>
        {text}
      </Button>
      {held && !disabled && <p className={styles.again}>{words.buttonAgain}</p>}
    </div>
  )
}
