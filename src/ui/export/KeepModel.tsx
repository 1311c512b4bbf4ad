// One model to save: as a .zip that the browser downloads, or into a folder where the browser can write there.

import { useState } from 'react'
import { keep, saveFolder, saveZip } from '../../session/keep.ts'
import { downloadFile } from '../../session/keepDownload.ts'
import { model } from '../../session/model.ts'
import { reportProblem } from '../../session/problems.ts'
import type { RunHistory, TrainSlot } from '../../session/runState.ts'
import { Button } from '../kit/Button.tsx'
import { Field } from '../kit/Field.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Tag } from '../kit/Tag.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { canPickFolder, pickFolder } from './folderPicker.ts'
import styles from './KeepStep.module.css'

type Props = { slot: TrainSlot; history: RunHistory; disabled: boolean }

export function KeepModel({ slot, history, disabled }: Props) {
  const words = useWords().keep
  const { bytes } = useFigures()
  const summary = useStore(model, (now) => now.summary)
  const kept = useStore(keep, (now) => now.kept.includes(slot))
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? `${fileName(summary?.name ?? 'model')}-${words.slots[slot].name}`
  return (
    <Panel
      title={words.slots[slot].title}
      actions={
        history.held && (
          <>
            <Tag tone={kept ? 'accent' : 'warn'}>{kept ? words.model.saved : words.model.unsaved}</Tag>
            {summary !== null && <span className={styles.small}>{words.model.size(bytes(summary.bytesOnDisk))}</span>}
          </>
        )
      }
    >
      <p className={styles.about}>{words.slots[slot].about}</p>
      {history.held ? (
        <>
          <div className={styles.line}>
            <div className={styles.name}>
              <Field label={words.model.name} error={isName(name) ? '' : words.model.badName}>
                {({ id, describedBy }) => (
                  <TextInput id={id} describedBy={describedBy} value={name} invalid={!isName(name)} onChange={setTyped} />
                )}
              </Field>
            </div>
            <SaveButtons slot={slot} name={name} disabled={disabled || !isName(name)} />
          </div>
          <div>
            <p className={styles.small}>{words.model.loads}</p>
            <pre className={styles.code}>
              <code>{`AutoModelForCausalLM.from_pretrained("${name}")`}</code>
            </pre>
          </div>
          <p className={styles.small}>{words.model.again}</p>
        </>
      ) : (
        <p>{words.model.gone}</p>
      )}
    </Panel>
  )
}

function SaveButtons({ slot, name, disabled }: { slot: TrainSlot; name: string; disabled: boolean }) {
  const words = useWords().keep.model
  const saving = useStore(keep, (now) => now.status === 'saving')
  const zip = async () => {
    const file = await saveZip(slot, name)
    if (file?.content) downloadFile(file.name, file.content)
  }
  const folder = async () => {
    try {
      const chosen = await pickFolder()
      if (chosen !== null) await saveFolder(slot, name, chosen)
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

/** What every file system, shell and Python string takes as it is. */
function isName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/.test(name)
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40)
  return plain === '' ? 'model' : plain
}
