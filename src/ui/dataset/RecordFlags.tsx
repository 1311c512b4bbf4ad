// What to know about a record at a glance, in words.

import type { RecordRow } from '../../protocol/dataset.ts'
import { Tag } from '../kit/Tag.tsx'
import { useFigures, useWords } from '../words/useWords.ts'

export function RecordFlags({ row }: { row: RecordRow }) {
  const { flags } = useWords().dataset.list
  const { count } = useFigures()
  if (row.leftOut) return <Tag>{flags.leftOut}</Tag>
  return (
    <>
      {row.dropped && <Tag tone="warn">{flags.dropped}</Tag>}
      {row.learnedTokens === 0 && <Tag tone="warn">{flags.nothing}</Tag>}
      {row.warnings > 0 && <Tag tone="warn">{flags.warnings(count(row.warnings))}</Tag>}
      {row.truncated && <Tag tone="warn">{flags.truncated}</Tag>}
      {row.straddles && <Tag>{flags.straddles}</Tag>}
      {row.duplicateOf !== null && <Tag>{flags.duplicate(count(row.duplicateOf))}</Tag>}
      {row.heldOut && <Tag tone="accent">{flags.heldOut}</Tag>}
      {row.edited && <Tag tone="accent">{flags.edited}</Tag>}
    </>
  )
}
