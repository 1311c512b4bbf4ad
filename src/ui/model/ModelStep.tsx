// The step Model: the one that is open, the opening of another, and the way back to the one that comes with the page.

import { model, stopOpening } from '../../session/model.ts'
import { Button } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useStore } from '../kit/useStore.ts'
import { ModelShelf } from '../shelf/ModelShelf.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import { AdapterPanel } from './AdapterPanel.tsx'
import { HubPanel } from './HubPanel.tsx'
import { LosingQuestion } from './LosingQuestion.tsx'
import { ModelCard } from './ModelCard.tsx'
import styles from './ModelStep.module.css'
import { nameOf } from './nameOf.ts'
import { OtherModel } from './OtherModel.tsx'
import { TryAgain } from './TryAgain.tsx'

export function ModelStep() {
  const { model: words } = useWords()
  const { summary, source, opening, problem, refused } = useStore(model)
  return (
    <div className={styles.step}>
      <div>
        <h1>{words.title}</h1>
        <p className={styles.intro}>{words.intro}</p>
      </div>
      <LosingQuestion />
      {problem !== null && (
        <section aria-label={words.failed(nameOf(refused))}>
          <ProblemNote problem={problem}>
            <TryAgain source={refused} />
          </ProblemNote>
        </section>
      )}
      {opening !== null && <Opening name={nameOf(opening)} stays={summary?.name ?? null} />}
      {summary !== null && source !== null && <ModelCard summary={summary} source={source} />}
      <h2>{words.another}</h2>
      <ModelShelf />
      <HubPanel />
      <OtherModel />
      <AdapterPanel />
    </div>
  )
}

function Opening({ name, stays }: { name: string; stays: string | null }) {
  const { model: words, app } = useWords()
  const { bytes, count } = useFigures()
  const { progress } = useStore(model)
  const say = progress?.unit === 'bytes' ? bytes : count
  return (
    <div className={styles.opening} role="status">
      <p className={styles.name}>{words.opening(name)}</p>
      <Progress label={words.opening(name)} done={progress?.done ?? 0} total={progress?.total ?? null} />
      {progress !== null && (
        <p className={styles.quiet}>
          {app.progress(say(progress.done), progress.total === null ? '' : say(progress.total), app.units[progress.unit])}
        </p>
      )}
      {stays !== null && <p className={styles.quiet}>{words.stays(stays)}</p>}
      <Button size="small" onClick={stopOpening}>
        {words.stop}
      </Button>
    </div>
  )
}
