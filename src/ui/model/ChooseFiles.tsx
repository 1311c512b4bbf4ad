// Two buttons that ask for files: a folder, or a .zip. Where the browser has File System Access, the folder comes as a handle, which can be
// opened again after a reload; elsewhere as its files. Either is read where it lies.

import { type ChangeEvent, useRef } from 'react'
import type { GivenFile } from '../../session/dropped.ts'
import { reportProblem } from '../../session/problems.ts'
import { Button } from '../kit/Button.tsx'
import { canPickFolder, pickFolder } from '../kit/folderPicker.ts'
import { Icon } from '../kit/Icon.tsx'
import styles from './ChooseFiles.module.css'

type Words = {
  lead: string
  folder: string
  zip: string /** What the buttons are called apart from their words. */
  folderOf?: string
  zipOf?: string
}
type Props = {
  words: Words
  onChoose: (files: readonly GivenFile[]) => void
  onFolder: (folder: FileSystemDirectoryHandle) => void
  small?: boolean
}

export function ChooseFiles({ words, onChoose, onFolder, small = false }: Props) {
  const folder = useRef<HTMLInputElement>(null)
  const zip = useRef<HTMLInputElement>(null)
  const asFolder = (input: HTMLInputElement | null) => {
    folder.current = input
    if (input !== null) input.webkitdirectory = true
  }
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onChoose([...(currentTarget.files ?? [])].map(given))
    currentTarget.value = ''
  }
  const chooseFolder = async () => {
    if (!canPickFolder()) return folder.current?.click()
    try {
      const chosen = await pickFolder('read')
      if (chosen !== null) onFolder(chosen)
    } catch (error) {
      reportProblem(error)
    }
  }
  const size = small ? 'small' : 'normal'
  return (
    <div className={styles.row}>
      <span>{words.lead}</span>
      <Button size={size} aria-label={words.folderOf} onClick={() => void chooseFolder()}>
        <Icon name="folder" /> {words.folder}
      </Button>
      <Button size={size} aria-label={words.zipOf} onClick={() => zip.current?.click()}>
        <Icon name="file" /> {words.zip}
      </Button>
      <input ref={asFolder} className={styles.file} type="file" aria-label={words.folder} onChange={take} />
      <input ref={zip} className={styles.file} type="file" accept=".zip" aria-label={words.zip} onChange={take} />
    </div>
  )
}

function given(file: File): GivenFile {
  return { path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }
}
