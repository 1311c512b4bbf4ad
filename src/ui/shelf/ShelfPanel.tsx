// The shelf in one step: the entries that belong there, the room left, and what was deleted last with the way back.

import type { ReactNode } from 'react'
import type { ShelfItem } from '../../protocol/shelf.ts'
import { dismissShelfProblem, readShelf, shelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './ShelfPanel.module.css'
import { ShelfRoom } from './ShelfRoom.tsx'
import { TakenOffNote } from './TakenOffNote.tsx'

type Props = {
  items: readonly ShelfItem[]
  /** Said where there is nothing yet. */
  empty: string
  children: (item: ShelfItem) => ReactNode
}

export function ShelfPanel({ items, empty, children }: Props) {
  const { shelf: words } = useWords()
  const { status, problem } = useStore(shelf)
  if (status === 'missing') {
    return (
      <Panel title={words.title}>
        <p className={styles.about}>{words.missing}</p>
      </Panel>
    )
  }
  return (
    <Panel title={words.title}>
      <p className={styles.about}>{items.length === 0 ? empty : words.about}</p>
      <ShelfProblem />
      <div>
        <TakenOffNote />
        {items.length > 0 && (
          <ul className={styles.items} aria-label={words.list}>
            {items.map((item) => (
              <li key={item.id} className={styles.item}>
                {children(item)}
              </li>
            ))}
          </ul>
        )}
      </div>
      {status === 'failed' && problem === null && (
        <Button size="small" onClick={() => void readShelf()}>
          {words.again}
        </Button>
      )}
      {/* How much room is left matters once something takes it. */}
      {items.length > 0 && <ShelfRoom />}
    </Panel>
  )
}

/** What went wrong with a change of the shelf. */
export function ShelfProblem() {
  const { shelf: words } = useWords()
  const { status, problem } = useStore(shelf)
  if (problem === null || status === 'missing') return null
  return (
    <ProblemNote problem={problem}>
      <Button size="small" onClick={dismissShelfProblem}>
        {words.dismiss}
      </Button>
    </ProblemNote>
  )
}
