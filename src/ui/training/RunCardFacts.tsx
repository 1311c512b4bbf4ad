// The lines of the card: model, method, records, length, batch, steps, rate, place, memory, twin.

import type { ReactNode } from 'react'
import { backend } from '../../session/backend.ts'
import { model } from '../../session/model.ts'
import { runChoices } from '../../session/runChoices.ts'
import { settings } from '../../session/settings.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RunCard.module.css'
import type { RunFacts } from './runFacts.ts'
import { settingText } from './settingFields.ts'

type Line = { key: string; name: string; value: ReactNode; about?: string }

export function RunCardFacts({ facts }: { facts: RunFacts }) {
  const lines = useLines(facts)
  return (
    <dl className={styles.facts}>
      {lines.map(({ key, name, value, about }) => (
        <div key={key} style={{ display: 'contents' }} title={about}>
          <dt title={about}>{name}</dt>
          <dd title={about}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function useLines(facts: RunFacts): readonly Line[] {
  const { training, app } = useWords()
  const words = training.card
  const { count, short, bytes, share } = useFigures()
  const now = useStore(settings, (state) => state.settings)
  const summary = useStore(model, (state) => state.summary)
  const report = useStore(backend, (state) => state.report)
  const { twinAfterwards } = useStore(runChoices)
  const hasRecords = facts.records > 0
  const steps =
    now.max_steps > 0
      ? words.stepsFixed(count(facts.totalSteps), settingText(Math.round(facts.epochs * 100) / 100))
      : words.stepsOf(settingText(facts.epochs), facts.epochs === 1, count(facts.stepsPerEpoch), count(facts.totalSteps))
  const rate = words.rateOf(
    settingText(now.learning_rate),
    words.schedules[now.lr_scheduler_type],
    now.warmup_steps === 0 ? '' : count(now.warmup_steps),
  )
  const lines: readonly (Line | null)[] = [
    { key: 'model', name: words.model, value: summary === null ? '–' : `${summary.name} · ${short(summary.parameters)}` },
    {
      key: 'method',
      name: words.method,
      value: `${now.lora === null ? words.full : words.lora(String(now.lora.r))} · ${words[now.objective]}`,
    },
    now.lora === null || summary === null
      ? null
      : {
          key: 'trained',
          name: words.trained,
          value: words.trainedOf(count(facts.trained), share(facts.trained / summary.parameters)),
        },
    {
      key: 'records',
      name: words.records,
      value: hasRecords ? words.recordsOf(count(facts.records), count(facts.learnedTokens), count(facts.tokens)) : '–',
    },
    facts.heldOut === 0
      ? null
      : { key: 'heldOut', name: words.heldOut, value: words.heldOutOf(count(facts.heldOut), facts.heldOut === 1) },
    now.packing && hasRecords
      ? { key: 'rows', name: words.rows, value: words.rowsOf(count(facts.rows), facts.rows === 1) }
      : null,
    { key: 'length', name: words.length, value: hasRecords ? lengthText() : '–' },
    {
      key: 'batch',
      name: words.batch,
      value: words.batchOf(count(now.per_device_train_batch_size), count(now.gradient_accumulation_steps), count(facts.batch)),
    },
    { key: 'steps', name: words.steps, value: hasRecords ? steps : '–' },
    { key: 'rate', name: words.rate, value: rate },
    { key: 'where', name: words.where, value: report === null ? '–' : app.backendName(report) },
    {
      key: 'memory',
      name: words.memory,
      value: facts.bytes === null ? '–' : bytes(facts.bytes),
      about: words.memoryAbout,
    },
    twinAfterwards && now.objective === 'sft' ? { key: 'twin', name: words.twin, value: words.twinAfter } : null,
  ]
  return lines.filter((line) => line !== null)

  function lengthText(): string {
    if (facts.dropped > 0) return words.dropped(count(facts.longest), count(facts.dropped))
    if (facts.truncated > 0) return words.cut(count(facts.longest), count(facts.truncated))
    return words.longest(count(facts.longest))
  }
}
