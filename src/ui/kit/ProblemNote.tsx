// What happened, where, and what to do about it, with a button or two if the page can do it.

import type { ReactNode } from 'react'
import type { Problem } from '../../problem/problem.ts'
import { useSayProblem } from '../words/useWords.ts'
import { classes } from './classes.ts'
import { Icon } from './Icon.tsx'
import styles from './ProblemNote.module.css'

type Props = { problem: Problem; tone?: 'bad' | 'warn' | 'note'; children?: ReactNode }

export function ProblemNote({ problem, tone = 'bad', children }: Props) {
  const { what, remedy } = useSayProblem()(problem)
  return (
    <div className={classes(styles.box, styles[tone])} role={tone === 'bad' ? 'alert' : 'status'}>
      <span className={styles.icon}>
        <Icon name={tone === 'warn' ? 'warning' : tone} size={18} />
      </span>
      <div className={styles.text}>
        <p className={styles.what}>
          {problem.where !== '' && !what.includes(problem.where) && <code className={styles.where}>{problem.where}</code>} {what}
        </p>
        <p>{remedy}</p>
        {children !== undefined && <div className={styles.actions}>{children}</div>}
      </div>
    </div>
  )
}
