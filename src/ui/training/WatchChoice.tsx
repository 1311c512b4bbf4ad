// What the next run writes out after each epoch: a record, a person's own words, or nothing.

import { preview } from '../../session/preview.ts'
import { type WatchChoice as Choice, chooseWatch, watch } from '../../session/watch.ts'
import { Field } from '../kit/Field.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { RecordStepper } from '../playground/RecordStepper.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './WatchChoice.module.css'

export function WatchChoice({ disabled }: { disabled: boolean }) {
  const words = useWords().training.watch
  const choice = useStore(watch, (now) => now.choice)
  const choose = (kind: Choice['kind']) => {
    if (kind === 'record') chooseWatch({ kind, index: 0 })
    else if (kind === 'own') chooseWatch({ kind, instruct: '', input: '' })
    else chooseWatch({ kind })
  }
  return (
    <Panel
      title={words.setup}
      actions={
        <Segmented<Choice['kind']>
          label={words.choose}
          value={choice.kind}
          disabled={disabled}
          choices={[
            { value: 'record', label: words.record },
            { value: 'own', label: words.own },
            { value: 'none', label: words.none },
          ]}
          onChange={choose}
        />
      }
    >
      <p className={styles.about}>{choice.kind === 'none' ? words.noneAbout : words.about}</p>
      {choice.kind === 'record' && <WatchedRecord index={choice.index} disabled={disabled} />}
      {choice.kind === 'own' && (
        <div className={styles.own}>
          <Field label={words.instruct}>
            {({ id }) => (
              <TextInput
                id={id}
                face="poem"
                rows={2}
                value={choice.instruct}
                disabled={disabled}
                onChange={(instruct) => chooseWatch({ ...choice, instruct })}
              />
            )}
          </Field>
          <Field label={words.input}>
            {({ id }) => (
              <TextInput
                id={id}
                face="poem"
                rows={2}
                value={choice.input}
                disabled={disabled}
                onChange={(input) => chooseWatch({ ...choice, input })}
              />
            )}
          </Field>
        </div>
      )}
    </Panel>
  )
}

function WatchedRecord({ index, disabled }: { index: number; disabled: boolean }) {
  const rows = useStore(preview, (now) => now.report?.rows)
  const usable = (rows ?? []).filter(({ leftOut }) => !leftOut)
  const place = Math.max(
    0,
    usable.findIndex((row) => row.index === index),
  )
  const row = usable[place]
  if (row === undefined) return null
  return (
    <div className={styles.record}>
      <RecordStepper
        place={place}
        count={usable.length}
        disabled={disabled}
        onGo={(next) => {
          const chosen = usable[next]
          if (chosen !== undefined) chooseWatch({ kind: 'record', index: chosen.index })
        }}
      />
      <p className={styles.excerpt}>{row.excerpt}</p>
    </div>
  )
}
