// Edits a record where it stands. The file itself is not changed, and the record can be taken back as it was there.

import type { InstructRecord } from '../../protocol/dataset.ts'
import { changeRecord } from '../../session/dataset.ts'
import { Button } from '../kit/Button.tsx'
import { Field } from '../kit/Field.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './RecordEditor.module.css'

const fields = ['instruct', 'input', 'label'] as const

type Props = { index: number; draft: InstructRecord; onChange: (draft: InstructRecord) => void; onDone: () => void }

export function RecordEditor({ index, draft, onChange, onDone }: Props) {
  const { edit } = useWords().record
  const save = async () => {
    if (await changeRecord({ index, change: { kind: 'edit', record: draft } })) onDone()
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {fields.map((name) => (
        <Field key={name} label={edit.fields[name]}>
          {({ id }) => (
            <TextInput
              id={id}
              face="poem"
              rows={linesOf(draft[name])}
              value={draft[name]}
              onChange={(text) => onChange({ ...draft, [name]: text })}
            />
          )}
        </Field>
      ))}
      <div className={styles.actions}>
        <Button variant="primary" onClick={() => void save()}>
          {edit.save}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          {edit.cancel}
        </Button>
      </div>
    </form>
  )
}

function linesOf(text: string): number {
  return Math.min(10, Math.max(2, text.split('\n').length + 1))
}
