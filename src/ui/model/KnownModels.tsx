// Small models to begin with, each with what it is, weighs and takes, fetched on one press.

import { pull } from '../../session/pulling.ts'
import { Button } from '../kit/Button.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import { type KnownModel, knownModels, notedOn, trainingBytes } from './hubModels.ts'
import styles from './KnownModels.module.css'

export function KnownModels({ disabled }: { disabled: boolean }) {
  const { hub: words } = useWords()
  return (
    <details>
      <summary className={styles.summary}>{words.known}</summary>
      <p className={styles.about}>{words.knownAbout(notedOn)}</p>
      <ul className={styles.list}>
        {knownModels.map((known) => (
          <li key={known.repository} className={styles.item}>
            <Facts known={known} />
            <Button
              size="small"
              disabled={disabled}
              aria-label={words.fetchOf(known.repository)}
              onClick={() => void pull({ repository: known.repository, revision: null })}
            >
              {words.fetch}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Facts({ known }: { known: KnownModel }) {
  const { hub: words } = useWords()
  const { bytes, short } = useFigures()
  const { lora, full } = trainingBytes(known)
  const facts = [
    words.kinds[known.kind],
    words.parameters(short(known.parameters)),
    bytes(known.bytes),
    known.license,
    words.languages[known.languages],
    words.memory(bytes(lora), bytes(full)),
  ]
  return (
    <div className={styles.facts}>
      <p className={styles.name}>{known.repository}</p>
      <p className={styles.quiet}>{facts.join(' · ')}</p>
    </div>
  )
}
