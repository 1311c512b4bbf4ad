// The field of a setting that is a number. It is taken when it is left or Enter is pressed, and only if the schema takes it; until then it stays as typed.

import { useState } from 'react'
import { parseSettings, type Settings } from '../../config/settings.ts'
import { settings, takeSettings } from '../../session/settings.ts'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './SettingControl.module.css'
import { settingText } from './settingFields.ts'

type Props = {
  name: string
  value: number | null
  /** An empty field is null. */
  mayBeEmpty?: boolean
  disabled: boolean
  /** All settings with this one as given, valid or not. */
  withValue: (now: Settings, value: unknown) => unknown
  /** Its name in what the schema complains of. */
  path: string
}

export function NumberSetting({ name, value, mayBeEmpty = false, disabled, withValue, path }: Props) {
  const words = useWords().training.settings
  const now = useStore(settings, (state) => state.settings)
  const [draft, setDraft] = useState<string | null>(null)
  const shown = value === null ? '' : settingText(value)
  const next = draft === null ? null : withValue(now, numberIn(draft, mayBeEmpty))
  const parsed = next === null ? null : parseSettings(next)
  const reason = parsed === null || parsed.ok ? '' : (parsed.issues.find(({ setting }) => setting === path)?.reason ?? '')
  const commit = () => {
    if (next !== null && takeSettings(next)) setDraft(null)
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
