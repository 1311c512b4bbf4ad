// Two ways to bring records beside dropping them: choosing a file, and pasting text into a field.

import { useRef, useState } from 'react'
import { takeFiles, takeText } from '../../session/dropped.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './OwnRecords.module.css'

export function OwnRecords() {
  const { dataset: words } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [pasting, setPasting] = useState(false)
  const [text, setText] = useState('')
  const read = () => {
    setPasting(false)
    void takeText(text)
  }
  return (
    <div className={styles.own}>
      <div className={styles.row}>
        <Button onClick={() => input.current?.click()}>
          <Icon name="file" /> {words.chooseFile}
        </Button>
        <Button aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
          {words.paste}
        </Button>
        <input
          ref={input}
          className={styles.file}
          type="file"
          aria-label={words.chooseFile}
          tabIndex={-1}
          accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,application/json,text/*"
          onChange={({ currentTarget }) => {
            void takeFiles([...(currentTarget.files ?? [])].map((file) => ({ path: file.name, file })))
            currentTarget.value = ''
          }}
        />
      </div>
      {pasting && (
        <div className={styles.paste}>
          <TextInput
            label={words.pasteTitle}
            rows={8}
            face="code"
            value={text}
            onChange={setText}
            placeholder='[{"instruct": …}]'
          />
          <div className={styles.row}>
            <Button variant="primary" onClick={read} disabled={text.trim() === ''}>
              {words.pasteRead}
            </Button>
            <Button variant="quiet" onClick={() => setPasting(false)}>
              {words.cancel}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
