// What a run takes in memory with the settings as they are, part by part, as the worker foresees it: it moves with method, length, batch
// and checkpointing. Where there is an end to the memory, the bar is as long as that.

import type { MemoryForecast, MemoryReport } from '../../protocol/model.ts'
import { forecast } from '../../session/forecast.ts'
import { useStore } from '../kit/useStore.ts'
import { TooLargeNote } from '../training/TooLargeNote.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './MemoryBar.module.css'

const parts = [
  'weights',
  'gradients',
  'optimizer',
  'activations',
  'workspace',
  'copies',
] as const satisfies readonly (keyof MemoryForecast)[]

export function MemoryBar() {
  const report = useStore(forecast, (now) => now.report)
  return report === null ? null : <Bar report={report} />
}

function Bar({ report }: { report: MemoryReport }) {
  const { memory: words } = useWords().model
  const { bytes, count } = useFigures()
  const { memory, rows, length, checkpointing, allowed } = report
  const total = parts.reduce((sum, part) => sum + memory[part], 0)
  const there = parts.filter((part) => memory[part] > 0)
  return (
    <section className={styles.memory} aria-labelledby="memory-title">
      <h3 id="memory-title" className={styles.title}>
        {words.title}: {allowed === null ? words.total(bytes(total)) : words.totalOf(bytes(total), bytes(allowed))}
      </h3>
      <div className={styles.bar} aria-hidden="true">
        {there.map((part) => (
          <span key={part} className={styles[part]} style={{ flexGrow: memory[part] }} />
        ))}
        {allowed !== null && allowed > total && <span className={styles.free} style={{ flexGrow: allowed - total }} />}
      </div>
      <ul className={styles.legend}>
        {there.map((part) => (
          <li key={part} className={styles.entry} title={words.meanings[part]}>
            <span className={styles[part]} aria-hidden="true" />
            {words.part(words.parts[part], bytes(memory[part]))}
          </li>
        ))}
      </ul>
      <TooLargeNote />
      <p className={styles.about}>
        {words.sentences(words.of(count(rows), count(length)), checkpointing ? words.again : '', words.method)}
      </p>
    </section>
  )
}
