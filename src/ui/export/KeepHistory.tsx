// The run's numbers as files: Trainer's own, and CSV.

import { useState } from 'react'
import { keep, saveHistory } from '../../session/keep.ts'
import { downloadFile, downloadText } from '../../session/keepDownload.ts'
import type { RunHistory, TrainSlot } from '../../session/runState.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { historyCsv } from './historyCsv.ts'
import styles from './KeepStep.module.css'

export function KeepHistory({ tuned, twin }: { tuned: RunHistory; twin: RunHistory | null }) {
  const { keep: words, training } = useWords()
  const saving = useStore(keep, (now) => now.status === 'saving')
  const [chosen, setChosen] = useState<TrainSlot>('tuned')
  const history = chosen === 'twin' && twin !== null ? twin : tuned
  const save = async () => {
    const file = await saveHistory(history.slot)
    if (file?.content) downloadFile(file.name, file.content)
  }
  return (
    <Panel title={words.history.title}>
      <p className={styles.about}>{words.history.about}</p>
      {twin !== null && (
        <Segmented<TrainSlot>
          label={words.history.run}
          value={history.slot}
          choices={[
            { value: 'tuned', label: training.run.slots.tuned },
            { value: 'twin', label: training.run.slots.twin },
          ]}
          onChange={setChosen}
        />
      )}
      <div className={styles.choices}>
        <div>
          <Button disabled={saving || !history.held} onClick={() => void save()}>
            {words.history.json}
          </Button>
          <p className={styles.small}>{words.history.jsonAbout}</p>
        </div>
        <div>
          <Button
            disabled={history.steps.length === 0}
            onClick={() => downloadText(`loss-${history.slot}.csv`, historyCsv(history.steps), 'text/csv')}
          >
            {words.history.csv}
          </Button>
          <p className={styles.small}>{words.history.csvAbout}</p>
        </div>
      </div>
    </Panel>
  )
}
