// How much memory the engine holds: measured while a run is known, else the weights of the open model, which rest as they are stored.

import { model } from '../../session/model.ts'
import { run } from '../../session/run.ts'
import { Tooltip } from '../kit/Tooltip.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './MemoryHeld.module.css'

export function MemoryHeld() {
  const { app } = useWords()
  const { bytes } = useFigures()
  const measured = useStore(run, ({ slot, histories }) => {
    const history = histories[slot]
    return history?.held === true || history?.summary === null ? history.steps.at(-1)?.bytesHeld : undefined
  })
  const weights = useStore(model, ({ summary }) => (summary === null ? undefined : summary.bytesOnDisk - summary.bytesCarried))
  if (measured === undefined && weights === undefined) return null
  return (
    <Tooltip text={app.memoryMeaning}>
      <button type="button" className={styles.memory}>
        <span className={styles.long}>
          {measured === undefined ? app.memoryWeights(bytes(weights ?? 0)) : app.memoryHeld(bytes(measured))}
        </span>
        <span className={styles.short}>{bytes(measured ?? weights ?? 0)}</span>
      </button>
    </Tooltip>
  )
}
