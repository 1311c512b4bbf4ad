// The page: the rail of steps, the step that is open, and the strip at the foot. Any of it takes a drop or a paste.
// The steps after Data are fetched when they are first opened, so that the first paint stays small.

import { address } from '../../session/address.ts'
import { DataStep } from '../dataset/DataStep.tsx'
import { useStore } from '../kit/useStore.ts'
import { ModelStep } from '../model/ModelStep.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './App.module.css'
import { DropTarget } from './DropTarget.tsx'
import { FetchedStep } from './FetchedStep.tsx'
import { fetched } from './fetched.ts'
import { Notices } from './Notices.tsx'
import { Rail } from './Rail.tsx'
import { Strip } from './Strip.tsx'
import { useLeaveQuestion } from './useLeaveQuestion.ts'
import { usePageLook } from './usePageLook.ts'
import { stepPlace, useStepFromItsTop } from './useStepFromItsTop.ts'

const trainingStep = fetched(() => import('../training/TrainingStep.tsx').then(({ TrainingStep }) => TrainingStep))
const playgroundStep = fetched(() => import('../playground/PlaygroundStep.tsx').then(({ PlaygroundStep }) => PlaygroundStep))
const keepStep = fetched(() => import('../export/KeepStep.tsx').then(({ KeepStep }) => KeepStep))
const runsStep = fetched(() => import('../runs/RunsStep.tsx').then(({ RunsStep }) => RunsStep))

export function App() {
  const { app } = useWords()
  usePageLook()
  useLeaveQuestion()
  useStepFromItsTop()
  return (
    <div className={styles.page}>
      <button type="button" className={styles.skip} onClick={() => document.getElementById(stepPlace)?.focus()}>
        {app.skip}
      </button>
      <Rail />
      <main className={styles.step} id={stepPlace} tabIndex={-1}>
        <Notices />
        <OpenStep />
      </main>
      <Strip />
      <DropTarget />
    </div>
  )
}

function OpenStep() {
  const step = useStore(address, (now) => now.step)
  if (step === 'data') return <DataStep />
  if (step === 'model') return <ModelStep />
  if (step === 'train') return <FetchedStep step={trainingStep} />
  if (step === 'play') return <FetchedStep step={playgroundStep} />
  if (step === 'keep') return <FetchedStep step={keepStep} />
  return <FetchedStep step={runsStep} />
}
