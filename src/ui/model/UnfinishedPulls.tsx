// Downloads that an earlier visit left: how much of each is here, with the way to go on and the way to be rid of it.

import { discardUnfinished, pull, pulling, unfinished } from '../../session/pulling.ts'
import { Button } from '../kit/Button.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './KnownModels.module.css'

export function UnfinishedPulls() {
  const { hub: words } = useWords()
  const { bytes } = useFigures()
  const { status, wanted } = useStore(pulling)
  // The one that was stopped just now has its own note.
  const others = useStore(unfinished).filter(({ repository }) => status === 'idle' || repository !== wanted?.repository)
  if (others.length === 0) return null
  return (
    <section aria-label={words.unfinished}>
      <p className={styles.name}>{words.unfinished}</p>
      <ul className={styles.list}>
        {others.map((left) => (
          <li key={left.repository} className={styles.item}>
            <p className={styles.facts}>{words.unfinishedOf(left.repository, bytes(left.done), bytes(left.bytes))}</p>
            <Button
              size="small"
              disabled={status === 'pulling'}
              aria-label={words.goOnOf(left.repository)}
              onClick={() => void pull({ repository: left.repository, revision: left.revision })}
            >
              {words.goOn}
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={words.discardOf(left.repository)}
              onClick={() => void discardUnfinished(left)}
            >
              {words.discard}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
