// The next run as a press: what its button says, and what starts when it is pressed. In Train, and in Data once the records are there.

import { answerLength, recordsScoredBeforeTraining } from '../../session/evaluation.ts'
import { model } from '../../session/model.ts'
import { preview } from '../../session/preview.ts'
import { startRun } from '../../session/run.ts'
import { runChoices } from '../../session/runChoices.ts'
import { settings } from '../../session/settings.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { settingText } from './settingFields.ts'

/** “Train 28 records for 16 epochs”. */
export function useTrainWords(records: number): string {
  const words = useWords().training
  const { count } = useFigures()
  const { max_steps, num_train_epochs } = useStore(settings, (state) => state.settings)
  const one = records === 1
  return max_steps > 0
    ? words.buttonSteps(count(records), one, count(max_steps))
    : words.button(count(records), one, settingText(num_train_epochs), num_train_epochs === 1)
}

/** Starts a run over so many records with what the stores hold; resolves when there is nothing more to wait for. */
export function startNextRun(records: number): Promise<void> {
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
