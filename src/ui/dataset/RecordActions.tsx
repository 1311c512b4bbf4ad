// Going to the neighbours, editing, leaving out and taking back. Every change can be undone.

import type { RecordPreview } from '../../protocol/dataset.ts'
import { go } from '../../session/address.ts'
import { changeRecord, changesOf, dataset, undoChange } from '../../session/dataset.ts'
import { preview } from '../../session/preview.ts'
import { recordQuery, rowsShown } from '../../session/records.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './RecordActions.module.css'

export function RecordActions({ record, onEdit }: { record: RecordPreview; onEdit: () => void }) {
  const { edit, next, previous } = useWords().record
  const query = useStore(recordQuery)
  const rows = rowsShown(useStore(preview).report?.rows ?? [], query)
  const at = rows.findIndex(({ index }) => index === record.index)
  const changes = useStore(dataset, ({ inUse }) => changesOf(inUse, record.index).length)
  const before = at > 0 ? rows[at - 1] : undefined
  const after = rows[at + 1]
  const change = (kind: 'leave-out' | 'restore') => void changeRecord({ index: record.index, change: { kind } })
  return (
    <div className={styles.actions}>
      <Button size="small" disabled={before === undefined} onClick={() => before && go('data', before.row)} aria-label={previous}>
        <span className={styles.up}>
          <Icon name="down" />
        </span>
      </Button>
      <Button size="small" disabled={after === undefined} onClick={() => after && go('data', after.row)} aria-label={next}>
        <Icon name="down" />
      </Button>
      {record.record.kind === 'instruct' && !record.leftOut && (
        <Button size="small" onClick={onEdit}>
          {edit.start}
        </Button>
      )}
      {!record.leftOut && (
        <Button size="small" onClick={() => change('leave-out')}>
          {edit.leaveOut}
        </Button>
      )}
      {changes > 1 && (
        <Button size="small" onClick={() => void undoChange(record.index)}>
          <Icon name="undo" /> {edit.undo}
        </Button>
      )}
      {(record.leftOut || record.edited) && (
        <Button size="small" onClick={() => change('restore')}>
          {edit.restore}
        </Button>
      )}
    </div>
  )
}
