// One slot to save: as its adapter alone or as a whole model, as a .zip that the browser downloads, or into a folder where the browser can write there.

import { useState } from 'react'
import type { ModelSummary, SaveForm } from '../../protocol/model.ts'
import { keep } from '../../session/keep.ts'
import { model } from '../../session/model.ts'
import type { RunHistory, TrainSlot } from '../../session/runState.ts'
import { Field } from '../kit/Field.tsx'
import { Fold } from '../kit/Fold.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Tag } from '../kit/Tag.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { KeepForm } from './KeepForm.tsx'
import styles from './KeepStep.module.css'
import { loadCode } from './loadCode.ts'
import { SaveButtons } from './SaveButtons.tsx'
import { savedBytes } from './savedBytes.ts'

type Props = { slot: TrainSlot; history: RunHistory; disabled: boolean }

export function KeepModel({ slot, history, disabled }: Props) {
  const words = useWords().keep
  const summary = useStore(model, (now) => now.summary)
  const kept = useStore(keep, (now) => now.kept.includes(slot))
  const tag = history.held && <Tag tone={kept ? 'accent' : 'warn'}>{kept ? words.model.saved : words.model.unsaved}</Tag>
  const content = (
    <>
      <p className={styles.about}>{words.slots[slot].about}</p>
      {history.held && summary !== null ? (
        <Saving slot={slot} history={history} summary={summary} disabled={disabled} />
      ) : (
        <p>{words.model.gone}</p>
      )}
    </>
  )
  // The twin was for comparison: few want to keep it.
  if (slot === 'twin') {
    return (
      <Fold title={words.slots[slot].title} aside={tag}>
        {content}
      </Fold>
    )
  }
  return (
    <Panel title={words.slots[slot].title} actions={tag}>
      {content}
    </Panel>
  )
}

function Saving({ slot, history, summary, disabled }: Props & { summary: ModelSummary }) {
  const words = useWords().keep
  const { bytes } = useFigures()
  const { lora } = history.settings
  const [form, setForm] = useState<SaveForm>(lora === null ? { kind: 'model', dtype: 'checkpoint' } : { kind: 'adapter' })
  const [typed, setTyped] = useState<string | null>(null)
  const size = savedBytes(summary, lora, form)
  const suffix = form.kind === 'adapter' ? '-lora' : ''
  const name = typed ?? `${fileName(summary.name)}-${words.slots[slot].name}${suffix}`
  return (
    <>
      <div className={styles.fields}>
        <KeepForm form={form} summary={summary} hasAdapter={lora !== null} disabled={disabled} onChange={setForm} />
        <div className={styles.name}>
          <Field label={words.model.name} error={isName(name) ? '' : words.model.badName}>
            {({ id, describedBy }) => (
              <TextInput id={id} describedBy={describedBy} value={name} invalid={!isName(name)} onChange={setTyped} />
            )}
          </Field>
        </div>
      </div>
      <div className={styles.line}>
        <SaveButtons slot={slot} name={name} form={form} bytes={size} disabled={disabled || !isName(name)} />
        <span className={styles.size}>{words.model.size(bytes(size))}</span>
      </div>
      <div>
        <p className={styles.small}>{form.kind === 'adapter' ? words.model.loadsWithPeft : words.model.loads}</p>
        <pre className={styles.code}>
          <code>{loadCode(form.kind, name, summary.name)}</code>
        </pre>
      </div>
      <p className={styles.small}>{form.kind === 'adapter' ? words.model.againAdapter : words.model.again}</p>
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
