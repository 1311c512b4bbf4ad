// Asks before a tuned model that was not saved is let go of. Nothing was done yet; Escape leaves all as it is.

import { useEffect, useRef } from 'react'
import { go } from '../../session/address.ts'
import { keep } from '../../session/keep.ts'
import { run } from '../../session/run.ts'
import { goAhead, type Losing, leaveAsItIs, losing, tunedIsUnsaved } from '../../session/unsaved.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './LosingQuestion.module.css'

export function LosingQuestion() {
  const question = useStore(losing)
  return question === null ? null : <Question key={question.what + question.name} {...question} />
}

function Question({ what, name }: Losing) {
  const { losing: words } = useWords().model
  // It may have been saved since it was asked.
  useStore(keep)
  useStore(run)
  const unsaved = tunedIsUnsaved()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div
      ref={box}
      className={styles.note}
      role="alertdialog"
      tabIndex={-1}
      aria-labelledby="losing-title"
      aria-describedby="losing-about"
      onKeyDown={(event) => event.key === 'Escape' && leaveAsItIs()}
    >
      <Icon name="warning" size={18} />
      <div className={styles.text}>
        <p className={styles.title} id="losing-title">
          {words.title}
        </p>
        <p id="losing-about">{unsaved ? words.what[what](name) : words.kept}</p>
      </div>
      <div className={styles.buttons}>
        {unsaved && (
          <Button variant="primary" onClick={() => go('keep')}>
            {words.save}
          </Button>
        )}
        <Button variant={unsaved ? 'secondary' : 'primary'} onClick={() => void goAhead()}>
          {words.go[what](name)}
        </Button>
        <Button onClick={leaveAsItIs}>{words.leave}</Button>
      </div>
    </div>
  )
}
