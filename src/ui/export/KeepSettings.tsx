// The settings that the run used, as a file.

import { downloadText } from '../../session/keepDownload.ts'
import type { RunHistory } from '../../session/runState.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './KeepStep.module.css'

export function KeepSettings({ history }: { history: RunHistory }) {
  const words = useWords().keep.settings
  const save = () => downloadText('tabtune-settings.json', `${JSON.stringify(history.settings, null, 2)}\n`, 'application/json')
  return (
    <Panel title={words.title}>
      <p className={styles.about}>{words.about}</p>
      <div className={styles.choices}>
        <div>
          <Button onClick={save}>{words.save}</Button>
          <p className={styles.small}>{words.used}</p>
        </div>
      </div>
    </Panel>
  )
}
