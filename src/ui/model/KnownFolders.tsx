// Folders that were opened before: each is open again with one press. The browser may ask for the leave to read it.

import { useEffect } from 'react'
import { takeKnownFolder } from '../../session/dropped.ts'
import { forgetFolder, knownFolders, readKnownFolders } from '../../session/knownFolders.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './KnownFolders.module.css'

export function KnownFolders() {
  const { other } = useWords().model
  const folders = useStore(knownFolders)
  useEffect(() => void readKnownFolders(), [])
  if (folders.length === 0) return null
  return (
    <div className={styles.known}>
      <span>{other.known}</span>
      <ul className={styles.list}>
        {folders.map(({ id, folder }) => (
          <li key={id} className={styles.one}>
            <Button size="small" onClick={() => void takeKnownFolder(folder)}>
              <Icon name="folder" /> {folder.name}
            </Button>
            <Button size="small" variant="quiet" aria-label={other.forget(folder.name)} onClick={() => void forgetFolder(id)}>
              <Icon name="close" size={14} />
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
