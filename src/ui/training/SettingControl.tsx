// The field of one setting. A number is taken when it is left or Enter is pressed, and only if the schema takes it; until then it stays as typed.

import { Switch } from '@base-ui/react/switch'
import { useState } from 'react'
import { parseSettings } from '../../config/settings.ts'
import { settings, takeSettings } from '../../session/settings.ts'
import { Select } from '../kit/Select.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './SettingControl.module.css'
import { type ShownSetting, settingFields, settingText } from './settingFields.ts'

type Props = { name: ShownSetting; disabled: boolean }

export function SettingControl({ name, disabled }: Props) {
  const field = settingFields[name]
  const value = useStore(settings, (now) => now.settings[name])
  const take = (next: unknown) => takeSettings({ ...settings.get().settings, [name]: next })
  const labels = { labelledBy: `setting-${name}-name`, describedBy: `setting-${name}-about` }
  if (field.kind === 'switch') {
    return (
      <Switch.Root
        id={`setting-${name}`}
        className={styles.switch}
        checked={value === true}
        disabled={disabled}
        aria-labelledby={labels.labelledBy}
        aria-describedby={labels.describedBy}
        onCheckedChange={(next) => take(next)}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    )
  }
  if (field.kind === 'choice') {
    const choices = field.options.map((option) => ({ value: option, label: option }))
    return <Select {...labels} value={String(value)} choices={choices} disabled={disabled} onChange={take} />
  }
  return <NumberField name={name} disabled={disabled} mayBeEmpty={field.kind === 'number-or-none'} />
}

function NumberField({ name, disabled, mayBeEmpty }: Props & { mayBeEmpty: boolean }) {
  const words = useWords().training.settings
  const now = useStore(settings, (state) => state.settings)
  const [draft, setDraft] = useState<string | null>(null)
  const shown = now[name] === null ? '' : settingText(now[name])
  const next = draft === null ? null : numberIn(draft, mayBeEmpty)
  const parsed = draft === null ? null : parseSettings({ ...now, [name]: next })
  const reason = parsed === null || parsed.ok ? '' : (parsed.issues.find(({ setting }) => setting === name)?.reason ?? '')
  const commit = () => {
    if (draft !== null && takeSettings({ ...now, [name]: next })) setDraft(null)
  }
  return (
    <>
      <TextInput
        id={`setting-${name}`}
        value={draft ?? shown}
        inputMode="decimal"
        invalid={reason !== ''}
        describedBy={reason === '' ? `setting-${name}-about` : `setting-${name}-wrong`}
        disabled={disabled}
        onChange={setDraft}
        onCommit={commit}
      />
      {reason !== '' && (
        <p className={styles.wrong} id={`setting-${name}-wrong`} role="alert">
          {words.wrong(words.reason(reason))}
        </p>
      )}
    </>
  )
}

/** What was typed as a number; the typed text itself where it is none, so that the schema can say so. */
function numberIn(text: string, mayBeEmpty: boolean): number | string | null {
  const trimmed = text.trim().replace('−', '-')
  if (trimmed === '') return mayBeEmpty ? null : text
  const number = Number(trimmed)
  return Number.isFinite(number) ? number : text
}
