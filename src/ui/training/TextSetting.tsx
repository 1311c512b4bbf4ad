// The field of a setting that is text, which may be empty. Taken when it is left or Enter is pressed.

import { useState } from 'react'
import { TextInput } from '../kit/TextInput.tsx'

type Props = { name: string; value: string; disabled: boolean; onTake: (value: string) => void }

export function TextSetting({ name, value, disabled, onTake }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    if (draft !== null) onTake(draft)
    setDraft(null)
  }
  return (
    <TextInput
      id={`setting-${name}`}
      describedBy={`setting-${name}-about`}
      value={draft ?? value}
      disabled={disabled}
      onChange={setDraft}
      onCommit={commit}
    />
  )
}
