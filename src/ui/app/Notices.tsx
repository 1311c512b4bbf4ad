// What went wrong and has no place of its own, until it is put away.

import { dismissNotice, notices } from '../../session/problems.ts'
import { Button } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './Notices.module.css'

export function Notices() {
  const { app } = useWords()
  const all = useStore(notices)
  if (all.length === 0) return null
  return (
    <ul className={styles.notices} aria-label={app.notices}>
      {all.map(({ id, problem }) => (
        <li key={id}>
          <ProblemNote problem={problem}>
            <Button size="small" onClick={() => dismissNotice(id)}>
              {app.dismiss}
            </Button>
          </ProblemNote>
        </li>
      ))}
    </ul>
  )
}
