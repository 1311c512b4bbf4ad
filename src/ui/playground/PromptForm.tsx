// How the models are asked: the prompt as it is, or as a turn of a conversation in the model's own template, behind a system line.
// Only where the model has a template and the prompt is not one already.

import { model } from '../../session/model.ts'
import { chooseForm, formOf, play } from '../../session/play.ts'
import { Field } from '../kit/Field.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './PromptForm.module.css'
import { useForm } from './useForm.ts'

export function PromptForm() {
  const words = useWords().playground.subject.form
  const hasTemplate = useStore(model, ({ summary }) => summary?.hasChatTemplate === true)
  const whole = useStore(play, ({ subject }) => subject?.whole === true)
  const form = useForm()
  if (!hasTemplate || whole) return null
  return (
    <div className={styles.form}>
      <Segmented
        label={words.label}
        value={form === null ? 'plain' : 'chat'}
        choices={[
          { value: 'plain', label: words.plain },
          { value: 'chat', label: words.chat },
        ]}
        onChange={(next) => chooseForm(next === 'plain' ? null : (formOf(play.get()) ?? { system_prompt: null }))}
      />
      {form !== null && (
        <div className={styles.system}>
          <Field label={words.system}>
            {({ id }) => (
              <TextInput
                id={id}
                value={form.system_prompt ?? ''}
                placeholder={words.systemPlaceholder}
                onChange={(text) => chooseForm({ system_prompt: text === '' ? null : text })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  )
}
