// The fields of a file, each with what it is taken for in its head: a menu, whose change reads the file again.

import type { Column, ColumnRole } from '../../protocol/dataset.ts'
import { changeRole } from '../../session/dataset.ts'
import { Menu } from '../kit/Menu.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './ColumnTable.module.css'

const roles: readonly ColumnRole[] = ['instruct', 'input', 'label', 'messages', 'input_ids', 'labels', 'unused']

type Props = { columns: readonly Column[]; rows: number; heading: 'h2' | 'h3' }

export function ColumnTable({ columns, rows, heading: Heading }: Props) {
  const { dataset: words } = useWords()
  const { count } = useFigures()
  return (
    <section className={styles.columns} aria-labelledby="columns-title">
      <Heading id="columns-title" className={styles.heading}>
        {words.report.columns}
      </Heading>
      <p className={styles.hint}>{words.report.columnsHint}</p>
      <ul className={styles.row}>
        {columns.map((column) => (
          <li key={column.field} className={styles.column}>
            <div className={styles.head}>
              <code className={styles.field}>{column.field}</code>
              <Menu
                label={words.report.roleOf(column.field)}
                value={column.role}
                choices={roles.map((role) => ({ value: role, label: words.roleMeanings[role] }))}
                onChoose={(role) => void changeRole(column.field, role)}
              >
                <Tag tone={column.role === 'label' || column.role === 'labels' ? 'accent' : 'plain'}>
                  {words.roles[column.role]}
                </Tag>
              </Menu>
            </div>
            <p className={styles.example} title={words.report.example}>
              {column.example}
            </p>
            <p className={styles.filled}>{words.report.filled(count(column.filledRows), count(rows))}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
