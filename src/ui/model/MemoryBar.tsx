// What a run takes in memory with the method that is chosen, part by part: from the model's shape,
// and the activations as the last run of the same batch planned them.

import type { ModelSummary } from '../../protocol/model.ts'
import { backend, engineOf } from '../../session/backend.ts'
import { run } from '../../session/run.ts'
import { settings } from '../../session/settings.ts'
import { memoryBeforeRun, trainedParameters } from '../../session/trained.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './MemoryBar.module.css'

const parts = ['weights', 'gradients', 'optimizer', 'activations'] as const

export function MemoryBar({ summary }: { summary: ModelSummary }) {
  const { memory } = useWords().model
  const { bytes, count } = useFigures()
  const { lora } = useStore(settings, (now) => now.settings)
  const engine = useStore(backend, engineOf)
  const activations = usePlannedActivations()
  const forecast = { ...memoryBeforeRun(summary, lora, engine), activations: activations ?? 0 }
  const total = parts.reduce((sum, part) => sum + forecast[part], 0)
  const there = parts.filter((part) => forecast[part] > 0)
  return (
    <section className={styles.memory} aria-labelledby="memory-title">
      <h3 id="memory-title" className={styles.title}>
        {memory.title}: {memory.total(bytes(total))}
      </h3>
      <div className={styles.bar} aria-hidden="true">
        {there.map((part) => (
          <span key={part} className={styles[part]} style={{ flexGrow: forecast[part] }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {there.map((part) => (
          <li key={part} className={styles.entry}>
            <span className={styles[part]} aria-hidden="true" />
            {memory.part(memory.parts[part], bytes(forecast[part]))}
          </li>
        ))}
      </ul>
      <p className={styles.about}>
        {memory.sentences(
          lora === null ? memory.about : memory.aboutLora(count(trainedParameters(summary, lora))),
          activations === null ? memory.onTop : memory.measured,
          memory.method,
        )}
      </p>
    </section>
  )
}

/** null where no run of this batch and this length limit was planned yet. */
function usePlannedActivations(): number | null {
  const last = useStore(run, ({ histories }) => histories.tuned)
  const now = useStore(settings, (state) => state.settings)
  if (last === null || last.plan === null || !last.held) return null
  const same =
    last.settings.per_device_train_batch_size === now.per_device_train_batch_size &&
    last.settings.max_length === now.max_length &&
    last.settings.overlong === now.overlong
  return same ? last.plan.memory.activations : null
}
