// The step Train: the run there is, and the setup of the next one with its card and its button.

import { useEffect, useRef } from 'react'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { Fold } from '../kit/Fold.tsx'
import { useSettingInSight } from '../kit/useSettingInSight.ts'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { CommandLine } from './CommandLine.tsx'
import { MethodChoice } from './MethodChoice.tsx'
import { PresetChoice } from './PresetChoice.tsx'
import { RunCard } from './RunCard.tsx'
import { RunView } from './RunView.tsx'
import { SettingsFold } from './SettingsFold.tsx'
import styles from './TrainingStep.module.css'
import { TwinSwitch } from './TwinSwitch.tsx'
import { WatchChoice } from './WatchChoice.tsx'

export function TrainingStep() {
  const words = useWords().training
  const status = useStore(run, (now) => now.status)
  const underWay = isUnderWay(status)
  useSettingInSight('train')
  const top = useTopWhenStarted(underWay)
  return (
    <div className={styles.step} ref={top} tabIndex={-1}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        {status === 'idle' && <p>{words.intro}</p>}
      </header>
      {status !== 'idle' && <RunView />}
      {status !== 'idle' && !underWay && <h2>{words.setup}</h2>}
      <Fold title={words.setupNow} bare={!underWay}>
        <Setup underWay={underWay} />
      </Fold>
    </div>
  )
}

/** Nothing of it can be changed while a run is under way: it is folded away then, behind what happens. */
function Setup({ underWay }: { underWay: boolean }) {
  return (
    <div className={styles.setup}>
      <div className={styles.form}>
        <PresetChoice disabled={underWay} />
        <MethodChoice disabled={underWay} />
        <TwinSwitch disabled={underWay} />
        <WatchChoice disabled={underWay} />
        <SettingsFold disabled={underWay} />
        <CommandLine />
      </div>
      <div className={styles.card}>
        <RunCard underWay={underWay} />
      </div>
    </div>
  )
}

/** The button may be far down the page, and goes out of use: when a run begins, its curve is brought into sight and the keyboard goes there too. */
function useTopWhenStarted(underWay: boolean) {
  const top = useRef<HTMLDivElement>(null)
  const before = useRef(underWay)
  useEffect(() => {
    if (underWay && !before.current) {
      top.current?.scrollIntoView({ block: 'start' })
      top.current?.focus({ preventScroll: true })
    }
    before.current = underWay
  }, [underWay])
  return top
}
