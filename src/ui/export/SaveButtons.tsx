// The two ways to save: one .zip, or a folder that the person chooses.

import type { SaveForm } from '../../protocol/model.ts'
import { keep, saveFolder, saveZip } from '../../session/keep.ts'
import { downloadFile } from '../../session/keepDownload.ts'
import { reportProblem } from '../../session/problems.ts'
import type { TrainSlot } from '../../session/runState.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { canPickFolder, pickFolder } from './folderPicker.ts'

type Props = { slot: TrainSlot; name: string; form: SaveForm; disabled: boolean }

export function SaveButtons({ slot, name, form, disabled }: Props) {
  const words = useWords().keep.model
  const saving = useStore(keep, (now) => now.status === 'saving')
  const zip = async () => {
    const file = await saveZip(slot, name, form)
    if (file?.content) downloadFile(file.name, file.content)
  }
  const folder = async () => {
    try {
      const chosen = await pickFolder()
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
    </>
  )
}
