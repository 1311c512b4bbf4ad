// The step Data before there are records: what to bring, and the demo one press away.

import { preferences } from '../../session/preferences.ts'
import { readSample } from '../../session/samples.ts'
import { itemsOf, shelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { useStore } from '../kit/useStore.ts'
import { DatasetShelf } from '../shelf/DatasetShelf.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './DataWelcome.module.css'
import { LoopSteps } from './LoopSteps.tsx'
import { OwnRecords } from './OwnRecords.tsx'

const shape = `[
  {"instruct": "…", "input": "…", "label": "…"},
  …
]`

export function DataWelcome() {
  const { app, dataset: words } = useWords()
  const { language } = useStore(preferences)
  // Nothing there is no news before there are records.
  const kept = useStore(shelf, ({ items }) => itemsOf(items, 'dataset').length > 0)
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <div className={styles.welcome}>
      <h1>{words.welcome}</h1>
      <p className={styles.motto}>{app.motto}</p>
      <div className={styles.drop}>
        <p className={styles.how}>{words.howTo}</p>
        <div className={styles.actions}>
          <Button variant="primary" size="large" onClick={() => void readSample(language)}>
            {words.tryDemo}
          </Button>
          <Button size="large" variant="quiet" onClick={() => void readSample(other)}>
            {words.samples[other]}
          </Button>
        </div>
        <OwnRecords />
      </div>
      <LoopSteps />
      {kept && <DatasetShelf />}
      <div className={styles.shape}>
        <p>{words.shape}</p>
        <pre className={styles.code}>{shape}</pre>
      </div>
    </div>
  )
}
