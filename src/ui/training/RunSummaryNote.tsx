// How the run ended, what it brought in numbers, and the next step.

import { go } from '../../session/address.ts'
import { askedAs } from '../../session/askedAs.ts'
import { answerLength, evaluation, scoreSlot } from '../../session/evaluation.ts'
import { preview } from '../../session/preview.ts'
import { run } from '../../session/run.ts'
import { isUnderWay, type RunHistory } from '../../session/runState.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { VerdictNote } from '../playground/VerdictNote.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RunSummaryNote.module.css'

export function RunSummaryNote({ history }: { history: RunHistory }) {
  const words = useWords().training.summary
  const figures = useFigures()
  const { verdictMs, status: runStatus } = useStore(run)
  const underWay = isUnderWay(runStatus)
  const { slots, status, problem } = useStore(evaluation)
  const rows = useStore(preview, (now) => now.report?.rows)
  const { summary } = history
  if (summary === null) return null
  const took = figures.time(summary.seconds)
  const steps = figures.count(summary.steps)
  const ended = {
    finished: words.finished(steps, took),
    'stopped-early': words.stoppedEarly(steps, took),
    stopped: words.stopped(steps, took),
    discarded: words.discarded(steps),
    'not-finite': '',
  }
  const score = slots.tuned?.verdict.score
  const before = slots.base?.verdict.score
  const twin = slots.twin?.verdict.score
  const { firstLoss, lastLoss } = summary
  const fell = firstLoss === null || lastLoss === null ? '' : words.fell(figures.precise(firstLoss), figures.precise(lastLoss))
  return (
    <Panel title={words.sentences(ended[summary.ended], fell)}>
      {summary.best !== null && (
        <p>{words.best(figures.precise(summary.best.epoch), figures.precise(summary.best.evalLoss), summary.best.restored)}</p>
      )}
      <VerdictNote slot="tuned" />
      {problem !== null && <ProblemNote problem={problem} />}
      {score !== undefined && (
        <ul className={styles.facts}>
          <li>
            {before === undefined
              ? words.answered(figures.count(score.exact), figures.count(score.records))
              : words.gain(figures.count(before.exact), figures.count(score.exact), figures.count(score.records))}
          </li>
          <li>{words.recited(figures.count(score.recited), figures.count(score.records))}</li>
          {twin !== undefined && <li>{words.twin(figures.count(twin.recited), figures.count(twin.records))}</li>}
          {verdictMs !== null && <li>{words.verdictTime(figures.time(verdictMs / 1000))}</li>}
        </ul>
      )}
      {history.held && (
        <div className={styles.next}>
          <Button variant="primary" size="large" onClick={() => go('play')}>
            {words.see}
          </Button>
          <Button size="large" onClick={() => go('keep')}>
            {words.keep}
          </Button>
          {score === undefined && status !== 'scoring' && !underWay && (
            <Button size="large" onClick={() => void scoreSlot('tuned', answerLength(rows ?? []), askedAs())}>
              {words.score}
            </Button>
          )}
        </div>
      )}
    </Panel>
  )
}
