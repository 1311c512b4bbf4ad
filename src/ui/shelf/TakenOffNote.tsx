// What was deleted last, and the way back. It stays until it is put away, or something else is deleted.

import { useEffect, useRef } from 'react'
import { forgetTakenOff, putBack, shelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './TakenOffNote.module.css'

export function TakenOffNote() {
  const { shelf: words } = useWords()
  const { takenOff } = useStore(shelf)
  const undo = useRef<HTMLButtonElement>(null)
  // The button that was pressed went with its row: the keyboard goes on at the way back.
  useEffect(() => {
    if (takenOff !== null && document.activeElement === document.body) undo.current?.focus()
  }, [takenOff])
  return (
    <div role="status">
      {takenOff !== null && (
        <p className={styles.note}>
          <span>{words.takenOff(takenOff.name)}</span>
          <Button ref={undo} size="small" onClick={() => void putBack()}>
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
