// What full fine-tuning takes in memory, part by part: as the last run planned it, else from the number of parameters alone.

import type { MemoryForecast } from '../../protocol/model.ts'
import { run } from '../../session/run.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './MemoryBar.module.css'

const parts = ['weights', 'gradients', 'optimizer', 'activations'] as const

export function MemoryBar({ parameters }: { parameters: number }) {
  const { memory } = useWords().model
  const { bytes } = useFigures()
  const planned = useStore(run, ({ histories }) => histories.tuned?.plan?.memory)
  const forecast: MemoryForecast = planned ?? {
    // The base, the one in training, and the one that the last finite loss came from.
    weights: parameters * 12,
    gradients: parameters * 4,
    optimizer: parameters * 8,
    activations: 0,
  }
  const total = parts.reduce((sum, part) => sum + forecast[part], 0)
  return (
    <section className={styles.memory} aria-labelledby="memory-title">
      <h3 id="memory-title" className={styles.title}>
        {memory.title}: {memory.total(bytes(total))}
      </h3>
      <div className={styles.bar} aria-hidden="true">
        {parts.map((part) => (
          <span key={part} className={styles[part]} style={{ flexGrow: forecast[part] }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {parts
          .filter((part) => forecast[part] > 0)
          .map((part) => (
            <li key={part} className={styles.entry}>
              <span className={styles[part]} aria-hidden="true" />
              {memory.part(memory.parts[part], bytes(forecast[part]))}
            </li>
          ))}
      </ul>
      <p className={styles.about}>{planned === undefined ? memory.about : memory.measured}</p>
    </section>
  )
}
