// Kept data sets, in the step Data.

import { itemsOf, shelf } from '../../session/shelf.ts'
import { openKeptDataset } from '../../session/shelfOpen.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { ShelfPanel } from './ShelfPanel.tsx'
import { ShelfRow } from './ShelfRow.tsx'

export function DatasetShelf() {
  const { shelf: words } = useWords()
  const { bytes, count, moment } = useFigures()
  const { items } = useStore(shelf)
  const kept = itemsOf(items, 'dataset')
  return (
    <ShelfPanel items={kept} empty={words.empty.datasets}>
      {(shown) => {
        const item = kept.find(({ id }) => id === shown.id)
        if (item === undefined) return null
        const { records } = item.about
        const facts = [words.records(count(records), records === 1), bytes(item.bytes), words.used(moment(item.used))]
        return <ShelfRow item={item} facts={facts} onOpen={() => void openKeptDataset(item)} />
      }}
    </ShelfPanel>
  )
}
