// The loss of the run, as curve or as numbers; the twin's is drawn into the same curve and has its own tables.

import { useState } from 'react'
import type { RunHistory } from '../../session/runState.ts'
import { Panel } from '../kit/Panel.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { useWords } from '../words/useWords.ts'
import { LossCurve } from './LossCurve.tsx'
import { EpochTable, StepTable } from './LossTables.tsx'
import { PartedNote } from './PartedNote.tsx'

type View = 'curve' | 'steps' | 'epochs'

/** `shown` is the history that tables and ticks are of; `twin` is drawn beside `run` where there is one. */
export function LossPanel({ run, twin, shown }: { run: RunHistory; twin: RunHistory | null; shown: RunHistory }) {
  const words = useWords().training.chart
  const [view, setView] = useState<View>('curve')
  const views = [
    { value: 'curve', label: words.curve },
    { value: 'steps', label: words.steps },
    { value: 'epochs', label: words.epochs },
  ] as const
  return (
    <Panel
      title={`${words.title} · ${words.unit}`}
      actions={<Segmented<View> label={words.view} value={view} choices={views} onChange={setView} />}
    >
      {view === 'curve' && (
        <LossCurve
          steps={run.steps}
          twin={twin?.steps ?? noSteps}
          epochs={run.epochs}
          stepsPerEpoch={run.plan?.stepsPerEpoch ?? 0}
        />
      )}
      <PartedNote epochs={shown.epochs} />
      {view === 'steps' && <StepTable steps={shown.steps} />}
      {view === 'epochs' && <EpochTable epochs={shown.epochs} />}
    </Panel>
  )
}

const noSteps: RunHistory['steps'] = []
