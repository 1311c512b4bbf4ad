// How much of the page's storage is used and left, as a bar and in words; and whether the browser has promised to keep it.

import { shelf } from '../../session/shelf.ts'
import { classes } from '../kit/classes.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './ShelfRoom.module.css'

/** Below this share of room left, the bar says so. */
const short = 0.1

export function ShelfRoom() {
  const { shelf: words } = useWords()
  const { bytes } = useFigures()
  const { room, persisted, items } = useStore(shelf)
  if (room === null) return null
  const all = room.used + room.free
  const left = all === 0 ? 0 : room.free / all
  return (
    <div className={classes(styles.room, left < short && styles.short)}>
      <div className={styles.bar} aria-hidden="true">
        <span style={{ width: `${Math.min(100, 100 - 100 * left)}%` }} />
      </div>
      <p title={words.roomMeaning}>{words.room(bytes(room.used), bytes(room.free))}</p>
      {items.length > 0 && persisted !== null && (
        <p className={styles.kept}>{persisted ? words.persisted : words.notPersisted}</p>
      )}
    </div>
  )
}
