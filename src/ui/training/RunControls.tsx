// What the run is doing now, and the ways to pause it, go on and end it. Stop pauses first and then offers how to end.

import { useEffect, useRef, useState } from 'react'
import { evaluation } from '../../session/evaluation.ts'
import { pauseRun, resumeRun, run, stopRun } from '../../session/run.ts'
import { Button } from '../kit/Button.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './RunControls.module.css'
import { useRunPhase } from './useRunPhase.ts'

export function RunControls() {
  const words = useWords().training.run
  const { status } = useStore(run)
  const [asking, setAsking] = useState(false)
  const phase = useRunPhase()
  const paused = status === 'paused'
  const focus = useKeptFocus(`${status} ${asking}`)
  return (
    <div className={styles.bar} {...focus}>
      <div className={styles.phase}>
        <p role="status">{phase.text}</p>
        <Progress label={phase.text} done={phase.done} total={phase.total} />
      </div>
      {status === 'training' && (
        <div className={styles.buttons}>
          <Button onClick={() => void pauseRun()}>{words.pause}</Button>
          <Button
            onClick={() => {
              setAsking(true)
              void pauseRun()
            }}
          >
            {words.stop}
          </Button>
        </div>
      )}
      {paused && (
        <fieldset className={styles.buttons} aria-label={words.stopOffers}>
          <Button
            variant="primary"
            onClick={() => {
              setAsking(false)
              void resumeRun()
            }}
          >
            {words.goOn}
          </Button>
          {asking ? <EndOffers /> : <Button onClick={() => setAsking(true)}>{words.stop}</Button>}
        </fieldset>
      )}
      {(status === 'preparing' || status === 'judging') && <Skip />}
    </div>
  )
}

function EndOffers() {
  const words = useWords().training.run
  return (
    <>
      <Button onClick={() => void stopRun(true)}>{words.stopKeep}</Button>
      <Button onClick={() => void stopRun(false)}>{words.stopDiscard}</Button>
    </>
  )
}

/** Scoring can be ended at once; nothing is lost by it. */
function Skip() {
  const { training, app } = useWords()
  const scoring = useStore(evaluation, (now) => now.status === 'scoring')
  const { status } = useStore(run)
  if (!scoring) return null
  return <Button onClick={() => void stopRun(true)}>{status === 'judging' ? training.run.skip : app.stopShort}</Button>
}

/** A press replaces the buttons by others: the keyboard stays among them instead of being lost. */
function useKeptFocus(buttons: string) {
  const ref = useRef<HTMLDivElement>(null)
  const inside = useRef(false)
  useEffect(() => {
    if (buttons !== '' && inside.current && document.activeElement === document.body)
      ref.current?.querySelector('button')?.focus()
  }, [buttons])
  return {
    ref,
    onFocus: () => {
      inside.current = true
    },
    onBlur: () => {
      // A button that is taken away also blurs, but is no longer in the page by then.
      requestAnimationFrame(() => {
        inside.current = ref.current?.contains(document.activeElement) ?? false
      })
    },
  }
}
