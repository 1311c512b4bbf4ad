// The record as the notebook of the article prints it: the two segments decoded, the ids, the labels.

import type { RecordPreview } from '../../protocol/dataset.ts'
import { Clamp } from '../kit/Clamp.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './ArticleView.module.css'

export function ArticleView({ record }: { record: RecordPreview }) {
  const { article } = useWords().record
  const list = (values: readonly number[]) => `[${values.join(', ')}]`
  const printed: readonly (readonly [string, string])[] = [
    [article.context, quoted(record.context)],
    [article.learned, quoted(record.learned)],
    [article.ids, list(record.ids)],
    [article.labels, list(record.labels)],
  ]
  return (
    <div className={styles.article}>
      <p className={styles.about}>{article.about}</p>
      <dl className={styles.list}>
        {printed.map(([name, text]) => (
          <div key={name}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>
              <Clamp long={text.length > 3000}>{text}</Clamp>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** As Python writes a string, near enough: line ends as \n between single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll("'", "\\'")}'`
}
