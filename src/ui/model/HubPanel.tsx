// A model from the Hub: by its name, or one of a short list; how far it is; and what went wrong. When it is whole it opens by itself.

import { useState } from 'react'
import { pulling, pullNamed } from '../../session/pulling.ts'
import { Button } from '../kit/Button.tsx'
import { Field } from '../kit/Field.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { HubAccessFold } from './HubAccessFold.tsx'
import styles from './HubPanel.module.css'
import { KnownModels } from './KnownModels.tsx'
import { PullingNote } from './PullingNote.tsx'
import { UnfinishedPulls } from './UnfinishedPulls.tsx'

export function HubPanel() {
  const { hub: words } = useWords()
  const isPulling = useStore(pulling, ({ status }) => status === 'pulling')
  const [repository, setRepository] = useState('')
  const [revision, setRevision] = useState('')
  return (
    <Panel title={words.title}>
      <p className={styles.about}>{words.about}</p>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (repository.trim() !== '') void pullNamed(repository, revision)
        }}
      >
        <Field label={words.repository} hint={words.repositoryHint}>
          {({ id, describedBy }) => (
            <div className={styles.name}>
              <TextInput
                id={id}
                describedBy={describedBy}
                value={repository}
                onChange={setRepository}
                placeholder="Qwen/Qwen2.5-0.5B"
                face="code"
              />
              <Button disabled={isPulling || repository.trim() === ''} onClick={() => void pullNamed(repository, revision)}>
                <Icon name="keep" /> {words.fetch}
              </Button>
            </div>
          )}
        </Field>
      </form>
      <PullingNote />
      <UnfinishedPulls />
      <KnownModels disabled={isPulling} />
      <HubAccessFold revision={revision} onRevision={setRevision} />
    </Panel>
  )
}
