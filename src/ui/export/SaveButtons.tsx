// The ways to save: one .zip, a folder that the person chooses, or the shelf. What is too large for the shelf is told before.

import type { SaveForm } from '../../protocol/model.ts'
import { keep, saveFolder, saveZip } from '../../session/keep.ts'
import { downloadFile } from '../../session/keepDownload.ts'
import { reportProblem } from '../../session/problems.ts'
import type { TrainSlot } from '../../session/runState.ts'
import { shelf } from '../../session/shelf.ts'
import { keepModel } from '../../session/shelfKeep.ts'
import { Button } from '../kit/Button.tsx'
import { canPickFolder, pickFolder } from '../kit/folderPicker.ts'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './KeepStep.module.css'

type Props = { slot: TrainSlot; name: string; form: SaveForm; bytes: number; disabled: boolean }

export function SaveButtons({ slot, name, form, bytes, disabled }: Props) {
  const { keep: keepWords, shelf: shelfWords } = useWords()
  const words = keepWords.model
  const figures = useFigures()
  const { status, room } = useStore(shelf)
  const tooLarge = room !== null && bytes > room.free
  const saving = useStore(keep, (now) => now.status === 'saving')
  const zip = async () => {
    const file = await saveZip(slot, name, form)
    if (file?.content) downloadFile(file.name, file.content)
  }
  const folder = async () => {
    try {
      const chosen = await pickFolder('readwrite')
      if (chosen !== null) await saveFolder(slot, name, chosen, form)
    } catch (error) {
      reportProblem(error)
    }
  }
  return (
    <>
      <Button variant="primary" disabled={disabled || saving} onClick={() => void zip()}>
        <Icon name="keep" />
        {words.zip}
      </Button>
      {canPickFolder() && (
        <Button disabled={disabled || saving} onClick={() => void folder()}>
          <Icon name="folder" />
          {words.folder}
        </Button>
      )}
      {status === 'ready' && (
        <Button disabled={disabled || saving || tooLarge} onClick={() => void keepModel(slot, name, form)}>
          <Icon name="shelf" />
          {shelfWords.put}
        </Button>
      )}
      {status === 'ready' && tooLarge && (
        <p className={styles.full}>{shelfWords.tooLarge(figures.bytes(bytes), figures.bytes(room.free))}</p>
      )}
      {status === 'missing' && <p className={styles.small}>{shelfWords.missing}</p>}
    </>
  )
}
