// What is being fetched: how much of it is here, how fast it comes and how long it still takes. Or how it ended, with the way to go on.

import { type Pulling, pullAgain, pulling, putPullingAway, stopPulling } from '../../session/pulling.ts'
import { Button } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Progress } from '../kit/Progress.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './PullingNote.module.css'

export function PullingNote() {
  const { hub: words } = useWords()
  const { status, wanted, problem } = useStore(pulling)
  const name = wanted?.repository ?? ''
  if (status === 'idle') return null
  if (status === 'failed' && problem !== null) {
    return (
      <section aria-label={words.failed(name)}>
        <ProblemNote problem={problem}>
          <Arrived />
          <GoOn canGoOn={wanted !== null} />
        </ProblemNote>
      </section>
    )
  }
  if (status === 'kept') {
    return (
      <div className={styles.note} role="status">
        <p className={styles.name}>{words.kept(name)}</p>
        <p className={styles.quiet}>{words.keptAbout}</p>
        <Button size="small" onClick={putPullingAway}>
          {words.dismiss}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.note} role="status">
      <p className={styles.name}>{status === 'pulling' ? words.pulling(name) : words.stopped(name)}</p>
      {status === 'pulling' ? (
        <>
          <UnderWay />
          <Button size="small" onClick={stopPulling}>
            {words.stop}
          </Button>
        </>
      ) : (
        <>
          <Arrived />
          <div className={styles.buttons}>
            <GoOn canGoOn />
          </div>
        </>
      )}
    </div>
  )
}

function UnderWay() {
  const { hub: words } = useWords()
  const { bytes, count, time } = useFigures()
  const { wanted, progress } = useStore(pulling)
  const label = words.pulling(wanted?.repository ?? '')
  if (progress === null) {
    return (
      <>
        <Progress label={label} done={0} total={null} />
        <p className={styles.quiet}>{words.looking}</p>
      </>
    )
  }
  const { done, bytes: total, bytesPerSecond, secondsLeft, files, anew } = progress
  const facts = [
    words.progress(bytes(done), bytes(total)),
    words.files(count(files.length), files.length === 1),
    ...(bytesPerSecond === null ? [] : [words.pace(bytes(bytesPerSecond))]),
    ...(secondsLeft === null ? [] : [words.left(time(secondsLeft))]),
  ]
  return (
    <>
      <Progress label={label} done={done} total={total} />
      <p className={styles.quiet}>{facts.join(' · ')}</p>
      {anew.length > 0 && <p className={styles.quiet}>{words.anew(anew.join(', '))}</p>}
    </>
  )
}

/** What an attempt that has ended left for the next one. */
function Arrived() {
  const { hub: words } = useWords()
  const { bytes } = useFigures()
  const progress = useStore(pulling, (now: Pulling) => now.progress)
  if (progress === null || progress.done === 0) return null
  return <p className={styles.quiet}>{words.keptSoFar(bytes(progress.done), bytes(progress.bytes))}</p>
}

function GoOn({ canGoOn }: { canGoOn: boolean }) {
  const { hub: words } = useWords()
  return (
    <>
      {canGoOn && (
        <Button size="small" onClick={() => void pullAgain()}>
          {words.goOn}
        </Button>
      )}
      <Button size="small" onClick={putPullingAway}>
        {words.dismiss}
      </Button>
    </>
  )
}
