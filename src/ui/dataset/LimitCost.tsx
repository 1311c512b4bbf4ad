// What the length limit takes from the records in use: how many are longer, and what of their answers is lost where they are cut and where they are left out.

import { preview } from '../../session/preview.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './LimitCost.module.css'

export function LimitCost() {
  const words = useWords().dataset.limit
  const { count } = useFigures()
  const statistics = useStore(preview, ({ report }) => report?.statistics)
  if (statistics === undefined) return null
  const { records, learnedIfCut, learnedIfDropped } = statistics.overlong
  return (
    <p className={records > 0 ? styles.cost : styles.none} role="status">
      {records === 0
        ? words.none(count(statistics.limit))
        : words.cost(count(records), records === 1, count(learnedIfCut), count(learnedIfDropped))}
    </p>
  )
}
