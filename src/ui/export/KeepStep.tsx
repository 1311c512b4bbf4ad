// The step Keep: everything that can be taken along, what each is for, and how it comes back.

import { useEffect } from 'react'
import { go } from '../../session/address.ts'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { readShelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { useStore } from '../kit/useStore.ts'
import { RunSettings } from '../training/RunSettings.tsx'
import { useWords } from '../words/useWords.ts'
import { KeepHistory } from './KeepHistory.tsx'
import { KeepModel } from './KeepModel.tsx'
import { KeepOutcome } from './KeepOutcome.tsx'
import { KeepSettings } from './KeepSettings.tsx'
import styles from './KeepStep.module.css'

export function KeepStep() {
  const words = useWords().keep
  const { tuned, twin } = useStore(run, (now) => now.histories)
  const underWay = useStore(run, (now) => isUnderWay(now.status))
  // The room left may have changed since: it is told before anything is kept.
  useEffect(() => void readShelf(), [])
  if (tuned === null) {
    return (
      <div className={styles.step}>
        <h1>{words.title}</h1>
        <EmptyState
          title={words.empty.title}
          actions={
            <Button variant="primary" onClick={() => go('train')}>
              {words.empty.train}
            </Button>
          }
        >
          {words.empty.text}
        </EmptyState>
      </div>
    )
  }
  return (
    <div className={styles.step}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <p>{underWay ? words.busy : words.intro}</p>
      </header>
      <KeepOutcome />
      <KeepModel slot="tuned" history={tuned} disabled={underWay} />
      {twin !== null && <KeepModel slot="twin" history={twin} disabled={underWay} />}
      <div className={styles.pair}>
        <KeepHistory tuned={tuned} twin={twin} />
        <KeepSettings history={tuned} />
      </div>
      <RunSettings history={tuned} />
    </div>
  )
}
