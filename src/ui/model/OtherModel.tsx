// Opening a model from a folder or a .zip, and going back to the one that comes with the page.
// A tuned model that was not saved is lost by that, so then it is said first.

import { type ChangeEvent, useRef } from 'react'
import { type GivenFile, takeModel } from '../../session/dropped.ts'
import { model, openModel } from '../../session/model.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { LosingTuned } from './LosingTuned.tsx'
import styles from './OtherModel.module.css'

export function OtherModel() {
  const { other } = useWords().model
  const source = useStore(model, (now) => now.source)
  const folder = useRef<HTMLInputElement>(null)
  const zip = useRef<HTMLInputElement>(null)
  const asFolder = (input: HTMLInputElement | null) => {
    folder.current = input
    if (input !== null) input.webkitdirectory = true
  }
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    void takeModel([...(currentTarget.files ?? [])].map(given))
    currentTarget.value = ''
  }
  return (
    <Panel title={other.title}>
      <p className={styles.about}>{other.about}</p>
      <LosingTuned />
      <div className={styles.row}>
        <span>{other.drop}</span>
        <Button onClick={() => folder.current?.click()}>
          <Icon name="folder" /> {other.folder}
        </Button>
        <Button onClick={() => zip.current?.click()}>
          <Icon name="file" /> {other.zip}
        </Button>
        <input ref={asFolder} className={styles.file} type="file" aria-label={other.folder} onChange={take} />
        <input ref={zip} className={styles.file} type="file" accept=".zip" aria-label={other.zip} onChange={take} />
      </div>
      {source?.kind === 'files' && (
        <div>
          <Button onClick={() => void openModel({ kind: 'embedded' })}>
            <Icon name="undo" /> {other.back}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function given(file: File): GivenFile {
  return { path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }
}
