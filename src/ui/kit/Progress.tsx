// How far a piece of work is; a moving stripe where nobody knows.

import styles from './Progress.module.css'

type Props = { label: string; done: number; total: number | null }

export function Progress({ label, done, total }: Props) {
  const known = total !== null && total > 0
  const share = known ? Math.min(1, done / total) : 0
  return (
    <div
      className={known ? styles.track : styles.unknown}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(share * 100) : undefined}
    >
      <div className={styles.bar} style={known ? { scale: `${share} 1` } : undefined} />
    </div>
  )
}
