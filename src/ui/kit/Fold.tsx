// A part of a step that is there when it is wanted: shut it is one line, which may say beside its title how things stand in it.

import type { ReactNode } from 'react'
import styles from './Fold.module.css'

type Props = {
  title: string
  aside?: ReactNode
  /** For a while it is no fold: all of it is there, without the line. What is in it stays as it is when this changes. */
  bare?: boolean
  children: ReactNode
}

export function Fold({ title, aside, bare = false, children }: Props) {
  return (
    <details className={bare ? undefined : styles.fold} open={bare || undefined}>
      <summary className={styles.summary} hidden={bare}>
        <span className={styles.title}>{title}</span>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </summary>
      <div className={bare ? undefined : styles.body}>{children}</div>
    </details>
  )
}
