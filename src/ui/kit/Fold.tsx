// A part of a step that is there when it is wanted: shut it is one line, which may say beside its title how things stand in it.

import type { ReactNode } from 'react'
import styles from './Fold.module.css'

type Props = { title: string; aside?: ReactNode; children: ReactNode }

export function Fold({ title, aside, children }: Props) {
  return (
    <details className={styles.fold}>
      <summary className={styles.summary}>
        <span className={styles.title}>{title}</span>
        {aside !== undefined && <span className={styles.aside}>{aside}</span>}
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  )
}
