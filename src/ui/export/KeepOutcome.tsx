// What is being saved, how far it is, and what came of it.

import { keep, stopSaving } from '../../session/keep.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './KeepOutcome.module.css'

export function KeepOutcome() {
  const words = useWords().keep
  const { bytes } = useFigures()
  const { status, what, progress, saved, problem } = useStore(keep)
  if (problem !== null) return <ProblemNote problem={problem} />
  if (status === 'saving' && what !== null) {
    return (
      <div className={styles.saving}>
        <p role="status">{words.saving[what.kind]}</p>
        <Progress label={words.saving[what.kind]} done={progress?.done ?? 0} total={progress?.total ?? null} />
        <Button size="small" onClick={stopSaving}>
          {words.cancel}
        </Button>
      </div>
    )
  }
  if (saved === null) return null
  return (
    <p className={styles.saved} role="status">
      <Icon name="check" />
      {words.done(saved.name, bytes(saved.bytes))}
    </p>
  )
}
