// The next step from Data. The first run starts right here, with the settings as they are; whatever else there is to say of a run is said in
// Train, and so this only leads there once there was one, or while something is missing.

import { go } from '../../session/address.ts'
import { run } from '../../session/run.ts'
import { runChoices } from '../../session/runChoices.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { startNextRun, useTrainWords } from '../training/nextRun.ts'
import { useRunFacts } from '../training/useRunFacts.ts'
import { useWords } from '../words/useWords.ts'

export function TrainThese() {
  const words = useWords().dataset
  const { missing, records, unlearnable } = useRunFacts()
  const { leaveOutUnlearnable } = useStore(runChoices)
  const text = useTrainWords(records)
  const first = useStore(run, ({ status }) => status === 'idle')
  const wait = missing === 'preview'
  const ready = missing === null && (unlearnable === 0 || leaveOutUnlearnable)
  const start = () => {
    void startNextRun(records)
    go('train')
  }
  return first && (ready || wait) ? (
    <Button variant="primary" disabled={wait} onClick={start}>
      <Icon name="train" /> {text}
    </Button>
  ) : (
    <Button variant={first ? 'primary' : 'secondary'} onClick={() => go('train')}>
      <Icon name="train" /> {words.toTrain}
    </Button>
  )
}
