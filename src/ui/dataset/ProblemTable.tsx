// Every problem of a file with its row, its line, and what to do about it; errors first.

import { useState } from 'react'
import type { DatasetReading, RowProblem } from '../../protocol/dataset.ts'
import { Button } from '../kit/Button.tsx'
import { placed } from '../kit/placed.ts'
import { Tag } from '../kit/Tag.tsx'
import { useFigures, useSayProblem, useWords } from '../words/useWords.ts'
import styles from './ProblemTable.module.css'

const order: Readonly<Record<RowProblem['severity'], number>> = { error: 0, warning: 1, note: 2 }
const tones = { error: 'bad', warning: 'warn', note: 'plain' } as const

const atOnce = 60

export function ProblemTable({ reading, heading: Heading }: { reading: DatasetReading; heading: 'h2' | 'h3' }) {
  const { dataset: words } = useWords()
  const { count } = useFigures()
  const say = useSayProblem()
  const problems = [...reading.problems].sort((one, other) => order[one.severity] - order[other.severity] || one.row - other.row)
  const [shown, setShown] = useState(atOnce)
  const hasLines = problems.some(({ line }) => line !== null)
  return (
    <section aria-labelledby="problems-title">
      <Heading id="problems-title" className={styles.heading}>
        {words.report.problems(count(problems.length + reading.moreProblems))}
      </Heading>
      <div className={styles.frame}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.report.row}</th>
              {hasLines && <th scope="col">{words.report.line}</th>}
              <th scope="col">{words.report.kindOfProblem}</th>
              <th scope="col">{words.report.what}</th>
            </tr>
          </thead>
          <tbody>
            {placed(problems.slice(0, shown)).map(({ place, item: { row, line, severity, problem } }) => (
              <tr key={place}>
                <th scope="row">{count(row)}</th>
                {hasLines && <td>{line === null ? '' : count(line)}</td>}
                <td>
                  <Tag tone={tones[severity]}>{words.severities[severity]}</Tag>
                </td>
                <td>
                  <span className={styles.what}>{say(problem).what}</span> {say(problem).remedy}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problems.length > shown && (
        <Button size="small" onClick={() => setShown(shown + atOnce)}>
          {words.report.showMore(count(problems.length - shown))}
        </Button>
      )}
      {reading.moreProblems > 0 && <p>{words.report.more(count(reading.moreProblems))}</p>}
    </section>
  )
}
