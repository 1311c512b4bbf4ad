// Records by their length in tokens; each bar says its figures, and a screen reader reads them as a list.

import type { PreviewReport } from '../../protocol/dataset.ts'
import { Hidden } from '../kit/Hidden.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './Histogram.module.css'

export function Histogram({ bins }: { bins: PreviewReport['statistics']['histogram'] }) {
  const { figures } = useWords().dataset
  const { count } = useFigures()
  const most = Math.max(1, ...bins.map(({ records }) => records))
  const lastBin = bins.at(-1)
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>{figures.histogram}</figcaption>
      <ul className={styles.bars}>
        {bins.map(({ upTo, records, overlong }, index) => {
          const said = figures.bin(
            count(records),
            count((bins[index - 1]?.upTo ?? 0) + 1),
            count(upTo),
            overlong === 0 ? '' : count(overlong),
          )
          return (
            <li key={upTo} className={styles.slot} title={said}>
              <span className={styles.bar} style={{ height: `${(100 * records) / most}%` }}>
                <span className={styles.overlong} style={{ height: `${(100 * overlong) / Math.max(1, records)}%` }} />
              </span>
              <Hidden>{said}</Hidden>
            </li>
          )
        })}
      </ul>
      <div className={styles.axis} aria-hidden="true">
        <span>0</span>
        <span>
          {lastBin === undefined ? '' : count(lastBin.upTo)} {figures.unit}
        </span>
      </div>
    </figure>
  )
}
