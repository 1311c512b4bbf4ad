// Why the last file, drop or paste could not be read, and that nothing was lost by it.

import { type DatasetState, dataset, putReadingAway } from '../../session/dataset.ts'
import { Button } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './RefusedNote.module.css'

export function RefusedNote({ refused }: { refused: NonNullable<DatasetState['refused']> }) {
  const { dataset: words } = useWords()
  const inUse = useStore(dataset, (now) => now.inUse)
  return (
    <section aria-label={words.refused(refused.name)}>
      <ProblemNote problem={refused.problem}>
        {inUse !== null && <p className={styles.kept}>{words.stillInUse(inUse.source.name)}</p>}
        <Button size="small" onClick={putReadingAway}>
          {words.putAway}
        </Button>
      </ProblemNote>
    </section>
  )
}
