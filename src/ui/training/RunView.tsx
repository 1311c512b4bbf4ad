// The run under way, or the last one: what happens, its curve, its numbers, what it writes, and how it ended.

import { useState } from 'react'
import { dismissRunProblem, run } from '../../session/run.ts'
import { isUnderWay, type Run, type TrainSlot } from '../../session/runState.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { LossPanel } from './LossPanel.tsx'
import { RunControls } from './RunControls.tsx'
import { RunSettings } from './RunSettings.tsx'
import { RunSummaryNote } from './RunSummaryNote.tsx'
import { RunTiles } from './RunTiles.tsx'
import styles from './TrainingStep.module.css'
import { WatchPanel } from './WatchPanel.tsx'

export function RunView() {
  const now = useStore(run)
  const words = useWords().training
  const { slot, choose } = useShownSlot(now)
  const { tuned, twin } = now.histories
  const history = now.histories[slot]
  const underWay = isUnderWay(now.status)
  return (
    <div className={styles.run}>
      {now.problem !== null && <RunProblem run={now} />}
      {underWay && <RunControls />}
      {/* The verdict is there before the twin is. */}
      {tuned !== null && (!underWay || now.slot === 'twin') && <RunSummaryNote history={tuned} />}
      {tuned !== null && history !== null && (
        <>
          {twin !== null && (
            <Segmented<TrainSlot>
              label={words.watch.run}
              value={slot}
              choices={[
                { value: 'tuned', label: words.run.slots.tuned },
                { value: 'twin', label: words.run.slots.twin },
              ]}
              onChange={choose}
            />
          )}
          <LossPanel run={tuned} twin={twin} shown={history} />
          <Panel title={words.tiles.title}>
            <div className={styles.tiles}>
              <RunTiles history={history} status={now.status} />
            </div>
          </Panel>
          <WatchPanel slot={slot} />
          <RunSettings history={history} />
        </>
      )}
    </div>
  )
}

/** The run under way is shown, and once all is done the run itself, until the person chooses the other one. */
function useShownSlot(now: Run): { slot: TrainSlot; choose: (slot: TrainSlot) => void } {
  const [chosen, setChosen] = useState<{ during: TrainSlot; slot: TrainSlot } | null>(null)
  const current = isUnderWay(now.status) && now.histories[now.slot] !== null ? now.slot : 'tuned'
  const slot = chosen !== null && chosen.during === current ? chosen.slot : current
  return { slot, choose: (next) => setChosen({ during: current, slot: next }) }
}

function RunProblem({ run: { problem, histories, slot } }: { run: Run }) {
  const words = useWords().training.run
  if (problem === null) return null
  return (
    <ProblemNote problem={problem}>
      {problem.code === 'run.worker-lost' && histories.tuned !== null && <p>{words.lost}</p>}
      {problem.code === 'run.not-finite' && histories[slot]?.held === true && <p>{words.keptGood}</p>}
      <Button size="small" onClick={dismissRunProblem}>
        {words.dismiss}
      </Button>
    </ProblemNote>
  )
}
