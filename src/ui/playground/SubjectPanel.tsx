// The prompt: a record to choose, or two fields for a person's own words; and the button that lets every model write.

import { play, stopWriting, write } from '../../session/play.ts'
import { Button } from '../kit/Button.tsx'
import { Field } from '../kit/Field.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { PromptForm } from './PromptForm.tsx'
import { RecordStepper } from './RecordStepper.tsx'
import styles from './SubjectPanel.module.css'
import { usePlayable } from './usePlayable.ts'
import type { SubjectChoice, SubjectKind } from './useSubject.ts'

export function SubjectPanel({ kind, choose, rows, open, own, write: writeOwn }: SubjectChoice) {
  const words = useWords().playground.subject
  return (
    <Panel
      title={words.title}
      actions={
        rows.length > 0 && (
          <Segmented<SubjectKind>
            label={words.kind}
            value={kind}
            choices={[
              { value: 'record', label: words.record },
              { value: 'own', label: words.own },
            ]}
            onChange={choose}
          />
        )
      }
    >
      {kind === 'record' ? <RecordPrompt rows={rows} open={open} /> : <OwnPrompt own={own} onChange={writeOwn} />}
      {rows.length === 0 && <p className={styles.note}>{words.noRecords}</p>}
      <WriteBar />
    </Panel>
  )
}

function RecordPrompt({ rows, open }: { rows: readonly number[]; open: (row: number) => void }) {
  const words = useWords().playground.subject
  const subject = useStore(play, (now) => now.subject)
  const place = Math.max(0, rows.indexOf(subject?.record?.row ?? -1))
  const goTo = (next: number) => {
    const row = rows[next]
    if (row !== undefined) open(row)
  }
  return (
    <>
      <div className={styles.choice}>
        <RecordStepper place={place} count={rows.length} onGo={goTo} />
        {rows.length > 2 && (
          <Button size="small" onClick={() => goTo(otherThan(place, rows.length))}>
            {words.random}
          </Button>
        )}
      </div>
      {subject !== null && subject.record !== null && (
        <dl className={styles.parts}>
          {subject.instruct !== '' && <Part name={words.instruct} text={subject.instruct} />}
          <Part name={words.input} text={subject.input} />
          <Part name={words.label} text={subject.label} />
        </dl>
      )}
    </>
  )
}

function Part({ name, text }: { name: string; text: string }) {
  const words = useWords().playground.subject
  return (
    <div className={styles.part}>
      <dt>{name}</dt>
      <dd>{text.trim() === '' ? words.none : text.trimEnd()}</dd>
    </div>
  )
}

function OwnPrompt({ own, onChange }: { own: SubjectChoice['own']; onChange: SubjectChoice['write'] }) {
  const words = useWords().playground.subject
  return (
    <div className={styles.fields}>
      <Field label={words.instruct}>
        {({ id }) => (
          <TextInput
            id={id}
            face="poem"
            rows={2}
            value={own.instruct}
            placeholder={words.instructPlaceholder}
            onChange={(instruct) => onChange({ ...own, instruct })}
          />
        )}
      </Field>
      <Field label={words.input}>
        {({ id }) => (
          <TextInput
            id={id}
            face="poem"
            rows={2}
            value={own.input}
            placeholder={words.inputPlaceholder}
            onChange={(input) => onChange({ ...own, input })}
          />
        )}
      </Field>
    </div>
  )
}

function WriteBar() {
  const words = useWords().playground
  const { count } = useFigures()
  const { slots, rows, reason } = usePlayable()
  const writing = useStore(play, (now) => now.status === 'writing')
  return (
    <div className={styles.bar}>
      <PromptForm />
      {writing ? (
        <Button onClick={stopWriting}>{words.stop}</Button>
      ) : (
        <Button
          variant="primary"
          disabled={reason !== null}
          aria-describedby={reason === null ? undefined : 'play-reason'}
          onClick={() => void write(slots)}
        >
          {words.writeAll(count(Math.max(1, slots.length * rows.length)))}
        </Button>
      )}
      {reason !== null && !writing && (
        <p id="play-reason" className={styles.note}>
          {words.reasons[reason]}
        </p>
      )}
    </div>
  )
}

/** A random place that is not this one. */
function otherThan(place: number, count: number): number {
  return (place + 1 + Math.floor(Math.random() * (count - 1))) % count
}
