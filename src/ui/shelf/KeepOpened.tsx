// Puts the model or the adapter that was opened from files or a folder on the shelf, and says that it is there.
// Nothing for what is there already, or where there is no shelf. A model with an adapter beside it would be another one.

import { useState } from 'react'
import type { ModelSource } from '../../protocol/model.ts'
import { activities } from '../../session/activity.ts'
import { model } from '../../session/model.ts'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { shelf } from '../../session/shelf.ts'
import { keepOpened } from '../../session/shelfKeep.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'

export function KeepOpened({ what }: { what: 'model' | 'adapter' }) {
  const { shelf: words } = useWords()
  const there = useStore(shelf, ({ status }) => status === 'ready')
  const busy = useStore(run, ({ status }) => isUnderWay(status))
  const saving = useStore(activities).some(({ progress }) => progress.work === 'saving')
  const { source, adapter } = useStore(model)
  const opened = what === 'model' ? source : adapter
  const [kept, setKept] = useState<ModelSource | null>(null)
  if (!there || opened === null || (what === 'model' && adapter !== null)) return null
  if (opened.kind === 'embedded' || opened.kind === 'shelf') return null
  if (kept === opened) return <Tag tone="accent">{words.onShelf}</Tag>
  const keep = async () => {
    if (await keepOpened(what)) setKept(opened)
  }
  return (
    <Button size="small" disabled={busy || saving} onClick={() => void keep()}>
      <Icon name="shelf" /> {words.put}
    </Button>
  )
}
