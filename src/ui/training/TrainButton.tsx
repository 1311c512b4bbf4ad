// The one button: it says what it does, and does it.

import { answerLength, recordsScoredBeforeTraining } from '../../session/evaluation.ts'
import { model } from '../../session/model.ts'
import { preview } from '../../session/preview.ts'
import { run, startRun } from '../../session/run.ts'
import { runChoices } from '../../session/runChoices.ts'
import { settings } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RunCard.module.css'
import type { RunFacts } from './runFacts.ts'
import { settingText } from './settingFields.ts'

export function TrainButton({ facts, disabled }: { facts: RunFacts; disabled: boolean }) {
  const words = useWords().training
  const { count } = useFigures()
  const now = useStore(settings, (state) => state.settings)
  const held = useStore(run, ({ histories }) => histories.tuned?.held === true)
  const one = facts.records === 1
  const text =
    now.max_steps > 0
      ? words.buttonSteps(count(facts.records), one, count(now.max_steps))
      : words.button(count(facts.records), one, settingText(now.num_train_epochs), now.num_train_epochs === 1)
  return (
    <div className={styles.train}>
      <Button variant="primary" size="large" disabled={disabled} onClick={() => void train(facts.records)}>
        {text}
      </Button>
      {held && !disabled && <p className={styles.again}>{words.buttonAgain}</p>}
    </div>
  )
}

function train(records: number) {
  const { twinAfterwards, leaveOutUnlearnable } = runChoices.get()
  const now = settings.get().settings
  return startRun({
    settings: now,
    adapter: model.get().summary?.adapter?.name ?? null,
    twinAfterwards: twinAfterwards && now.objective === 'sft',
    leaveOutUnlearnable,
    scoreBase: records <= recordsScoredBeforeTraining,
    max_new_tokens: answerLength(preview.get().report?.rows ?? []),
  })
}
