// What was deleted last, and the way back. It stays until it is put away, or something else is deleted.

import { forgetTakenOff, putBack, shelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './TakenOffNote.module.css'

export function TakenOffNote() {
  const { shelf: words } = useWords()
  const { takenOff } = useStore(shelf)
  return (
    <div role="status">
      {takenOff !== null && (
        <p className={styles.note}>
          <span>{words.takenOff(takenOff.name)}</span>
          <Button size="small" onClick={() => void putBack()}>
            <Icon name="undo" /> {words.undo}
          </Button>
          <Button size="small" variant="quiet" onClick={forgetTakenOff}>
            {words.dismiss}
          </Button>
        </p>
      )}
    </div>
  )
}
