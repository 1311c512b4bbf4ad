// What it means that a token straddles the border, and the switch that mends it.

import type { RecordPreview } from '../../protocol/dataset.ts'
import { changeSetting } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './StraddleNote.module.css'
import { visible } from './visible.ts'

export function StraddleNote({ record }: { record: RecordPreview }) {
  const { straddle } = useWords().record
  const token = record.tokens.find(({ straddles }) => straddles)
  if (token === undefined) return null
  return (
    <div className={styles.note} role="status">
      <Icon name="warning" size={18} />
      <div className={styles.text}>
        <p className={styles.title}>{straddle.title}</p>
        <p>{straddle.about(`“${visible(token.text)}”`)}</p>
        <Button size="small" onClick={() => changeSetting('mask', 'parts')}>
          {straddle.mend}
        </Button>
      </div>
    </div>
  )
}
