// A step that is fetched when it is opened. Where it cannot be had, it is said here, and one press fetches again; the rest of the page stays.
// Must not know: any step.

import { type ComponentType, useEffect } from 'react'
import { Button } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './FetchedStep.module.css'
import type { Fetched } from './fetched.ts'

export function FetchedStep({ step }: { step: Fetched<ComponentType> }) {
  const { app } = useWords()
  const now = useStore(step.state)
  // Also for a step that failed and is opened again from the rail.
  useEffect(() => step.fetch(), [step])
  if (now.status === 'here') return <now.value />
  if (now.status !== 'failed') return <p className={styles.wait}>{app.loadingStep}</p>
  return (
    <ProblemNote problem={{ code: 'run.step-not-fetched', values: { failures: now.failures }, where: '' }}>
      <Button onClick={step.fetch}>{app.tryAgain}</Button>
    </ProblemNote>
  )
}
