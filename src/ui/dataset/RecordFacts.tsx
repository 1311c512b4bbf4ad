// Two numbers under the open record, and what to know about it.

import type { RecordPreview } from '../../protocol/dataset.ts'
import { Tag } from '../kit/Tag.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RecordFacts.module.css'

export function RecordFacts({ record }: { record: RecordPreview }) {
  const { record: words } = useWords()
  const { count } = useFigures()
  const learned = record.labels.filter((label) => label !== -100).length
  return (
    <div className={styles.facts}>
      <span>{words.counts(count(record.ids.length - learned), count(learned))}</span>
      <Tag tone={record.endTokenLearned ? 'plain' : 'warn'}>
        {record.endTokenLearned ? words.endLearned : words.endNotLearned}
      </Tag>
      {record.truncated && <Tag tone="warn">{words.truncated}</Tag>}
      {record.dropped && <Tag tone="warn">{words.dropped}</Tag>}
      {record.heldOut && <Tag tone="accent">{words.heldOut}</Tag>}
      {record.edited && <Tag tone="accent">{words.edited}</Tag>}
      {record.leftOut && <Tag tone="warn">{words.leftOut}</Tag>}
    </div>
  )
}
