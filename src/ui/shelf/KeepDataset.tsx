// Puts the data set in use on the shelf, and says that it is there. Nothing where there is no shelf.

import { useState } from 'react'
import { dataset } from '../../session/dataset.ts'
import { shelf } from '../../session/shelf.ts'
import { keepDataset } from '../../session/shelfKeep.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'

export function KeepDataset() {
  const { shelf: words } = useWords()
  const there = useStore(shelf, ({ status }) => status === 'ready')
  const revision = useStore(dataset, ({ inUse }) => inUse?.revision ?? 0)
  /** The state of the records that was kept; an edit makes it another one. */
  const [kept, setKept] = useState<number | null>(null)
  if (!there) return null
  const keep = async () => {
    if (await keepDataset()) setKept(revision)
  }
  return (
    <Button size="small" disabled={kept === revision} onClick={() => void keep()}>
      <Icon name={kept === revision ? 'check' : 'shelf'} /> {kept === revision ? words.onShelf : words.put}
    </Button>
  )
}
