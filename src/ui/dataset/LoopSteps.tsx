// The way through the studio in four short lines, for somebody who opens it for the first time.

import type { Step } from '../../session/address.ts'
import { Icon } from '../kit/Icon.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './LoopSteps.module.css'

const way = ['data', 'train', 'play', 'keep'] as const satisfies readonly Step[]

export function LoopSteps() {
  const { app, dataset } = useWords()
  return (
    <ol className={styles.loop} aria-label={dataset.loop.title}>
      {way.map((step) => (
        <li key={step}>
          <p className={styles.name}>
            <Icon name={step} /> {app.steps[step]}
          </p>
          <p>{dataset.loop[step]}</p>
        </li>
      ))}
    </ol>
  )
}
