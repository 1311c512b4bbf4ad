// One record of many: its place as a number that can be typed, and the ways to the one before and the one after.

import { useState } from 'react'
import { Button } from '../kit/Button.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RecordStepper.module.css'

type Props = { place: number; count: number; disabled?: boolean; onGo: (place: number) => void }

/** `place` counts from 0; what is shown and typed counts from 1. */
export function RecordStepper({ place, count, disabled = false, onGo }: Props) {
  const words = useWords().playground.subject
  const figures = useFigures()
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    const number = Number(draft)
    if (draft !== null && Number.isInteger(number) && number >= 1 && number <= count) onGo(number - 1)
    setDraft(null)
  }
  return (
    <div className={styles.stepper}>
      <Button size="small" aria-label={words.previous} disabled={disabled || place <= 0} onClick={() => onGo(place - 1)}>
        ←
      </Button>
      <span className={styles.number}>
        <TextInput
          label={words.number}
          inputMode="numeric"
          value={draft ?? String(place + 1)}
          disabled={disabled}
          onChange={setDraft}
          onCommit={commit}
        />
      </span>
      <span className={styles.of}>{words.of(figures.count(count))}</span>
      <Button size="small" aria-label={words.next} disabled={disabled || place >= count - 1} onClick={() => onGo(place + 1)}>
        →
      </Button>
    </div>
  )
}
