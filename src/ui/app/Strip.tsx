// The strip at the foot: where the work runs and why, how much memory is held, what is going on and how to stop it.

import { activities } from '../../session/activity.ts'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { BackendMenu } from './BackendMenu.tsx'
import { MemoryHeld } from './MemoryHeld.tsx'
import { PreferenceMenus } from './PreferenceMenus.tsx'
import styles from './Strip.module.css'
import { WorkInHand } from './WorkInHand.tsx'

export function Strip() {
  const { app } = useWords()
  const all = useStore(activities)
  const newest = all.at(-1)
  return (
    <footer className={styles.strip}>
      <BackendMenu />
      <MemoryHeld />
      <div className={styles.work}>
        {newest === undefined ? <span className={styles.idle}>{app.idle}</span> : <WorkInHand activity={newest} />}
      </div>
      <div className={styles.preferences}>
        <PreferenceMenus />
      </div>
    </footer>
  )
}
