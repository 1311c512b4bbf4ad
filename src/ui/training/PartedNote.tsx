// Says so when what is held out grows worse while training goes on: from there on the records are learned by heart.

import type { EpochMean } from '../../protocol/train.ts'
import { Icon } from '../kit/Icon.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './PartedNote.module.css'

export function PartedNote({ epochs }: { epochs: readonly EpochMean[] }) {
  const { chart } = useWords().training
  const { count } = useFigures()
  const from = epochs.at(-1)?.partedFrom ?? null
  if (from === null) return null
  return (
    <p className={styles.note} role="status">
      <Icon name="warning" />
      {chart.parted(count(from))}
    </p>
  )
}
