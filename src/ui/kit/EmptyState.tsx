// A place with nothing in it yet: says so, and what to do next.

import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

type Props = { title: string; children?: ReactNode; actions?: ReactNode }

export function EmptyState({ title, children, actions }: Props) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
