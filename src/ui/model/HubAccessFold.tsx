// Which revision, which Hub, whose token: behind a fold, because most models need none of it.

import { changeHubAccess, hubAccess } from '../../session/hubAccess.ts'
import { Checkbox } from '../kit/Checkbox.tsx'
import { Field } from '../kit/Field.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './HubAccessFold.module.css'

type Props = { revision: string; onRevision: (revision: string) => void }

export function HubAccessFold({ revision, onRevision }: Props) {
  const { hub: words } = useWords()
  const { endpoint, token, keepsToken } = useStore(hubAccess)
  return (
    <details>
      <summary className={styles.summary}>{words.more}</summary>
      <div className={styles.fields}>
        <Field label={words.revision} hint={words.revisionHint}>
          {({ id, describedBy }) => (
            <TextInput id={id} describedBy={describedBy} value={revision} onChange={onRevision} placeholder="main" face="code" />
          )}
        </Field>
        <Field label={words.endpoint} hint={words.endpointHint}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              describedBy={describedBy}
              value={endpoint}
              onChange={(value) => changeHubAccess({ endpoint: value })}
              placeholder="https://huggingface.co"
              face="code"
            />
          )}
        </Field>
        <Field label={words.token} hint={words.tokenHint}>
          {({ id, describedBy }) => (
            <TextInput
              id={id}
              describedBy={describedBy}
              value={token}
              onChange={(value) => changeHubAccess({ token: value })}
              placeholder="hf_…"
              face="code"
              secret
            />
          )}
        </Field>
        <Checkbox
          label={words.keepToken}
          detail={words.keepTokenDetail}
          checked={keepsToken}
          onChange={(keeps) => changeHubAccess({ keepsToken: keeps })}
        />
      </div>
    </details>
  )
}
