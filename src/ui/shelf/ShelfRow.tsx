// One entry of the shelf: its name, what it is, and what can be done with it. A new name is typed in its place.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ShelfItem } from '../../protocol/shelf.ts'
import { renameOnShelf, takeOff } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './ShelfRow.module.css'

type Props = {
  item: ShelfItem
  /** The name as it is shown; plain text where nothing is given. */
  name?: ReactNode
  tags?: ReactNode
  facts: readonly string[]
  /** null where the name itself is the way in. */
  onOpen: (() => void) | null
}

export function ShelfRow({ item, name, tags, facts, onOpen }: Props) {
  const { shelf: words } = useWords()
  const [renaming, setRenaming] = useState(false)
  const rename = useRef<HTMLButtonElement>(null)
  const ended = () => {
    setRenaming(false)
    // The button is there again only after the next drawing.
    requestAnimationFrame(() => rename.current?.focus())
  }
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        {renaming ? (
          <NewName item={item} onEnd={ended} />
        ) : (
          <p className={styles.head}>
            {name ?? <span className={styles.name}>{item.name}</span>}
            {tags}
          </p>
        )}
        <p className={styles.facts}>{facts.join(' · ')}</p>
      </div>
      {!renaming && (
        <div className={styles.actions}>
          {onOpen !== null && (
            <Button size="small" aria-label={words.openOf(item.name)} onClick={onOpen}>
              {words.open}
            </Button>
          )}
          <Button
            ref={rename}
            size="small"
            variant="quiet"
            aria-label={words.renameOf(item.name)}
            onClick={() => setRenaming(true)}
          >
            {words.rename}
          </Button>
          <Button size="small" variant="quiet" aria-label={words.removeOf(item.name)} onClick={() => void takeOff(item)}>
            {words.remove}
          </Button>
        </div>
      )}
    </div>
  )
}

function NewName({ item, onEnd }: { item: ShelfItem; onEnd: () => void }) {
  const { shelf: words } = useWords()
  const [typed, setTyped] = useState(item.name)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const usable = typed.trim() !== '' && typed.trim().length <= 100
  const save = async () => {
    if (usable && (typed.trim() === item.name || (await renameOnShelf(item.id, typed)))) onEnd()
  }
  return (
    <form
      className={styles.rename}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onEnd()}
    >
      <TextInput ref={input} label={words.newName(item.name)} value={typed} invalid={!usable} onChange={setTyped} />
      <Button size="small" variant="primary" disabled={!usable} onClick={() => void save()}>
        {words.save}
      </Button>
      <Button size="small" variant="quiet" onClick={onEnd}>
        {words.cancel}
      </Button>
    </form>
  )
}
