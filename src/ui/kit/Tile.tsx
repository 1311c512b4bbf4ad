// One figure with its name and unit; what it means is read on hover or focus, and by a screen reader.

import type { ReactNode } from 'react'
import styles from './Tile.module.css'
import { Tooltip } from './Tooltip.tsx'

type Props = { label: string; value: ReactNode; unit?: string; meaning?: string; detail?: ReactNode }

export function Tile({ label, value, unit, meaning, detail }: Props) {
  const figure = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>
        {value}
        {unit !== undefined && <span className={styles.unit}> {unit}</span>}
      </span>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </>
  )
  if (meaning === undefined) return <div className={styles.tile}>{figure}</div>
  return (
    <Tooltip text={meaning}>
      <button type="button" className={styles.tile}>
        {figure}
      </button>
    </Tooltip>
  )
}

/** Tiles beside one another, as many as fit. */
export function Tiles({ children }: { children: ReactNode }) {
  return <div className={styles.tiles}>{children}</div>
}
