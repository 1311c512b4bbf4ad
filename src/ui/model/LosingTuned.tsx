// Says, while it is true, that opening another model lets an unsaved tuned one go.

import { go } from '../../session/address.ts'
import { keep } from '../../session/keep.ts'
import { run } from '../../session/run.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './LosingTuned.module.css'

export function LosingTuned() {
  const { other } = useWords().model
  const held = useStore(run, ({ histories }) => histories.tuned?.held === true)
  const kept = useStore(keep, (now) => now.kept.includes('tuned'))
  if (!held || kept) return null
  return (
    <div className={styles.note} role="status">
      <Icon name="warning" size={18} />
      <p className={styles.text}>{other.loses}</p>
      <Button size="small" onClick={() => go('keep')}>
        {other.keepFirst}
      </Button>
    </div>
  )
}
