// Opening a model from a folder or a .zip, and going back to the one that comes with the page.

import { takeFolder, takeModel } from '../../session/dropped.ts'
import { model, openModel } from '../../session/model.ts'
import { unlessLosing } from '../../session/unsaved.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { ChooseFiles } from './ChooseFiles.tsx'
import { KnownFolders } from './KnownFolders.tsx'
import { nameOf } from './nameOf.ts'
import styles from './OtherModel.module.css'

export function OtherModel() {
  const { other } = useWords().model
  const source = useStore(model, (now) => now.source)
  return (
    <Panel title={other.title}>
      <p className={styles.about}>{other.about}</p>
      <ChooseFiles
        words={{ lead: other.drop, folder: other.folder, zip: other.zip }}
        onChoose={(files) => void takeModel(files)}
        onFolder={(folder) => void takeFolder(folder)}
      />
      <KnownFolders />
      {source !== null && source.kind !== 'embedded' && (
        <div>
          <Button onClick={openEmbedded}>
            <Icon name="undo" /> {other.back}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function openEmbedded() {
  void unlessLosing({ what: 'model', name: nameOf(null) }, () => openModel({ kind: 'embedded' }))
}
