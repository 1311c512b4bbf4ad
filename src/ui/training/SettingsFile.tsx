// Settings as a file with Hugging Face's names: saved as they are, and read with every fault named by its setting.

import { useRef, useState } from 'react'
import { parseSettings, type SettingsIssue } from '../../config/settings.ts'
import { downloadText } from '../../session/keepDownload.ts'
import { settings, takeSettings } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './SettingsFile.module.css'

type Outcome = { name: string; issues: readonly SettingsIssue[] | 'not-json' | 'taken' }

export function SettingsFile({ disabled }: { disabled: boolean }) {
  const words = useWords().training.settings
  const chooser = useRef<HTMLInputElement>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const read = async (file: File) => setOutcome({ name: file.name, issues: take(await file.text()) })
  return (
    <div className={styles.file}>
      <div className={styles.buttons}>
        <Button size="small" onClick={saveSettings}>
          <Icon name="keep" />
          {words.save}
        </Button>
        <Button size="small" disabled={disabled} onClick={() => chooser.current?.click()}>
          <Icon name="file" />
          {words.read}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={words.read}
          onChange={({ target }) => {
            const file = target.files?.[0]
            if (file !== undefined) void read(file)
            target.value = ''
          }}
        />
      </div>
      {outcome !== null && <OutcomeNote {...outcome} />}
    </div>
  )
}

function OutcomeNote({ name, issues }: Outcome) {
  const words = useWords().training.settings
  if (issues === 'taken') return <p role="status">{words.taken(name)}</p>
  return (
    <div className={styles.faults} role="alert">
      <p>{words.notTaken(name)}</p>
      <ul>
        {issues === 'not-json' ? (
          <li>{words.notJson}</li>
        ) : (
          issues.map(({ setting, reason }) => <li key={setting + reason}>{words.fault(setting, words.reason(reason))}</li>)
        )}
      </ul>
    </div>
  )
}

/** The settings as the command line's --config reads them. */
export function saveSettings() {
  downloadText('tabtune-settings.json', `${JSON.stringify(settings.get().settings, null, 2)}\n`, 'application/json')
}

function take(text: string): Outcome['issues'] {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    const parsed = parseSettings(value)
    if (!parsed.ok) return parsed.issues
    takeSettings(value)
    return 'taken'
  } catch {
    return 'not-json'
  }
}
