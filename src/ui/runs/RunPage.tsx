// One run of before: what was run, its verdict, its curve and numbers, what it wrote on the way, its settings, and what was kept of it.

import { useState } from 'react'
import type { KeptRun } from '../../protocol/shelf.ts'
import { go, sayAddress } from '../../session/address.ts'
import { openRun } from '../../session/keptRuns.ts'
import type { TrainSlot } from '../../session/runState.ts'
import { takeSettings } from '../../session/settings.ts'
import { shelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { useStore } from '../kit/useStore.ts'
import { VerdictSentence } from '../playground/VerdictSentence.tsx'
import { KeptWeights } from '../shelf/ModelShelf.tsx'
import { TakenOffNote } from '../shelf/TakenOffNote.tsx'
import { LossPanel } from '../training/LossPanel.tsx'
import { RunSettings } from '../training/RunSettings.tsx'
import { WatchedSamples } from '../training/WatchedSamples.tsx'
import { useWords } from '../words/useWords.ts'
import { historyOf } from './historyOf.ts'
import { RunFacts } from './RunFacts.tsx'
import styles from './RunsStep.module.css'

export function RunPage({ id }: { id: string }) {
  const { runs: words } = useWords()
  const { run, problem } = useStore(openRun)
  const name = useStore(shelf, ({ items }) => items.find((item) => item.id === id)?.name)
  return (
    <div className={styles.step}>
      <header className={styles.head}>
        <a href={sayAddress({ step: 'runs', record: null })}>{words.all}</a>
        <h1>{name ?? words.title}</h1>
      </header>
      {problem !== null && <ProblemNote problem={problem} />}
      {run === null && problem === null && <p role="status">{words.reading}</p>}
      {run !== null && <Shown run={run} />}
    </div>
  )
}

function Shown({ run }: { run: KeptRun }) {
  const { training } = useWords()
  const [slot, setSlot] = useState<TrainSlot>('tuned')
  const { adapter, tuned, twin, watched } = run
  const shown = slot === 'twin' && twin !== null ? twin : tuned
  const history = historyOf(slot, shown, adapter)
  const { firstLoss, lastLoss } = tuned.summary
  const rose = firstLoss !== null && lastLoss !== null && lastLoss > firstLoss
  return (
    <>
      <RunFacts run={run} />
      {tuned.verdict !== null && <VerdictSentence slot="tuned" verdict={tuned.verdict} rose={rose} />}
      {twin !== null && twin.verdict !== null && <VerdictSentence slot="twin" verdict={twin.verdict} rose={false} />}
      {twin !== null && (
        <Segmented<TrainSlot>
          label={training.watch.run}
          value={slot}
          choices={[
            { value: 'tuned', label: training.run.slots.tuned },
            { value: 'twin', label: training.run.slots.twin },
          ]}
          onChange={setSlot}
        />
      )}
      <LossPanel run={historyOf('tuned', tuned, adapter)} twin={twin && historyOf('twin', twin, adapter)} shown={history} />
      {watched !== null && shown.samples.length > 0 && <WatchedSamples watched={watched} written={shown.samples} />}
      <Kept run={run} />
      <RunSettings history={history} />
    </>
  )
}

function Kept({ run }: { run: KeptRun }) {
  const { runs: words } = useWords()
  const items = useStore(shelf, (now) => now.items)
  const kept = items.filter(({ about }) => (about.kind === 'model' || about.kind === 'adapter') && about.run === run.run)
  const takeAll = () => {
    if (takeSettings(run.tuned.settings)) go('train')
  }
  return (
    <Panel
      title={words.models}
      actions={
        <Button size="small" onClick={takeAll}>
          {words.takeSettings}
        </Button>
      }
    >
      <TakenOffNote />
      {kept.length === 0 ? (
        <p className={styles.quiet}>{words.noModels}</p>
      ) : (
        <ul>
          {kept.map((item) => (
            <li key={item.id} className={styles.item}>
              <KeptWeights item={item} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
