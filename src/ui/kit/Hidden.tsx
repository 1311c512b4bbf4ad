// Words for a screen reader alone.

import type { ReactNode } from 'react'
import styles from './Menu.module.css'

export function Hidden({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>
}
