// What was run, and what came of it in numbers.

import type { SlotScore } from '../../protocol/generate.ts'
import type { KeptRun } from '../../protocol/shelf.ts'
import { Panel } from '../kit/Panel.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RunsStep.module.css'

export function RunFacts({ run }: { run: KeptRun }) {
  const { runs } = useWords()
  const words = runs.facts
  const figures = useFigures()
  const { settings, summary, verdict } = run.tuned
  const { firstLoss, lastLoss } = summary
  const score = (of: SlotScore) => words.answered(figures.count(of.exact), figures.count(of.recited), figures.count(of.records))
  const facts: readonly (readonly [string, string])[] = [
    [words.model, run.model],
    ...(run.adapter === null ? [] : [[words.adapter, run.adapter] as const]),
    [words.data, run.dataset],
    [words.method, runs.methods[settings.lora === null ? 'full' : 'lora']],
    [words.made, figures.moment(run.made)],
    [words.steps, figures.count(summary.steps)],
    [words.took, figures.time(summary.seconds)],
    ...(firstLoss === null || lastLoss === null
      ? []
      : [[words.loss, words.fell(figures.precise(firstLoss), figures.precise(lastLoss))] as const]),
    ...(run.base === null ? [] : [[words.base, score(run.base)] as const]),
    ...(verdict === null ? [] : [[words.tuned, score(verdict.score)] as const]),
    ...(run.twin === null || run.twin.verdict === null ? [] : [[words.twin, score(run.twin.verdict.score)] as const]),
  ]
  return (
    <Panel title={words.title}>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
