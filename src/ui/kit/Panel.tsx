// A part of a step with its heading, and what can be done with it beside the heading.

import { type ReactNode, useId } from 'react'
import styles from './Panel.module.css'

type Props = { title: string; actions?: ReactNode; children: ReactNode; plain?: boolean }

export function Panel({ title, actions, children, plain = false }: Props) {
  const id = useId()
  return (
    <section className={plain ? styles.plain : styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  )
}
