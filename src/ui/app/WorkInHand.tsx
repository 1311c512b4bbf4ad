// One piece of work: what, how far, and a way to stop it.

import type { Activity } from '../../session/activity.ts'
import { Button } from '../kit/Button.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './WorkInHand.module.css'

export function WorkInHand({ activity }: { activity: Activity }) {
  const { app } = useWords()
  const { bytes, count } = useFigures()
  const { work, done, total, unit } = activity.progress
  const say = unit === 'bytes' ? bytes : count
  const amount = done === 0 && total === null ? '' : app.progress(say(done), total === null ? '' : say(total), app.units[unit])
  return (
    <div className={styles.work}>
      <span className={styles.words}>
        {app.work[work]} <span className={styles.amount}>{amount}</span>
      </span>
      <span className={styles.bar}>
        <Progress label={app.work[work]} done={done} total={total} />
      </span>
      {activity.stop !== null && (
        <Button size="small" onClick={activity.stop} aria-label={app.stop(app.work[work])}>
          {app.stopShort}
        </Button>
      )}
    </div>
  )
}
