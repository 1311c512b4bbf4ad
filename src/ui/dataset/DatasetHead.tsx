// The data set's name and what can be done with it as a whole.

import { useState } from 'react'
import { type Dataset, goBack, dataset as store } from '../../session/dataset.ts'
import { preferences } from '../../session/preferences.ts'
import { preview } from '../../session/preview.ts'
import { readSample } from '../../session/samples.ts'
import { saveDataset } from '../../session/saveData.ts'
import { Button } from '../kit/Button.tsx'
import { download } from '../kit/download.ts'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { DatasetShelf } from '../shelf/DatasetShelf.tsx'
import { KeepDataset } from '../shelf/KeepDataset.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './DatasetHead.module.css'
import { OwnRecords } from './OwnRecords.tsx'
import { TrainThese } from './TrainThese.tsx'

type Props = { dataset: Dataset; reportOpen: boolean; onReport: () => void }

export function DatasetHead({ dataset, reportOpen, onReport }: Props) {
  const { dataset: words } = useWords()
  const { count } = useFigures()
  const before = useStore(store, (now) => now.before)
  const { language } = useStore(preferences)
  const [other, setOther] = useState(false)
  const { reading, changes } = dataset
  const counted = useStore(preview, ({ report }) => report !== null)
  const save = async () => {
    const file = await saveDataset()
    if (file !== null) download(file)
  }
  return (
    <div className={styles.head}>
      <div className={styles.title}>
        <h1>{reading.name}</h1>
        <p className={styles.facts}>
          {words.inUse(words.formats[reading.format], words.kinds[reading.kind])}
          {changes.length > 0 && <>, {words.edits(count(changes.length), changes.length === 1)}</>}
        </p>
      </div>
      <div className={styles.actions}>
        {counted && <TrainThese />}
        {before !== null && (
          <Button size="small" onClick={() => void goBack()}>
            <Icon name="undo" /> {words.goBack(before.source.name)}
          </Button>
        )}
        {changes.length > 0 && (
          <Button size="small" onClick={() => void save()}>
            <Icon name="keep" /> {words.save}
          </Button>
        )}
        <KeepDataset />
        <Button size="small" aria-expanded={reportOpen} onClick={onReport}>
          {reportOpen ? words.report.hide : words.report.show}
        </Button>
        <Button size="small" aria-expanded={other} onClick={() => setOther(!other)}>
          {words.otherFile}
        </Button>
      </div>
      {other && (
        <div className={styles.other}>
          <OwnRecords />
          {[language, language === 'zh' ? ('en' as const) : ('zh' as const)].map((sample) => (
            <Button key={sample} variant="quiet" onClick={() => void readSample(sample)}>
              {words.samples[sample]}
            </Button>
          ))}
        </div>
      )}
      {other && (
        <div className={styles.shelf}>
          <DatasetShelf />
        </div>
      )}
    </div>
  )
}
