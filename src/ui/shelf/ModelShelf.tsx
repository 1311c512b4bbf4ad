// Kept models and adapters, in the step Model.

import type { KeptAdapter, KeptModel, ShelfItem } from '../../protocol/shelf.ts'
import { model } from '../../session/model.ts'
import { shelf } from '../../session/shelf.ts'
import { openKeptAdapter, openKeptModel } from '../../session/shelfOpen.ts'
import { Tag } from '../kit/Tag.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { ShelfPanel } from './ShelfPanel.tsx'
import { ShelfRow } from './ShelfRow.tsx'

export function ModelShelf() {
  const { shelf: words } = useWords()
  const { items } = useStore(shelf)
  const kept = items.filter(({ about }) => about.kind === 'model' || about.kind === 'adapter')
  return (
    <ShelfPanel items={kept} empty={words.empty.models}>
      {(item) => <KeptWeights item={item} />}
    </ShelfPanel>
  )
}

/** A model or an adapter; nothing for anything else. */
export function KeptWeights({ item }: { item: ShelfItem }) {
  const { about } = item
  if (about.kind === 'model') return <ModelRow item={{ ...item, about }} />
  return about.kind === 'adapter' ? <AdapterRow item={{ ...item, about }} /> : null
}

function ModelRow({ item }: { item: ShelfItem<KeptModel> }) {
  const { shelf: words } = useWords()
  const { bytes, short, moment } = useFigures()
  const open = useStore(model, ({ source }) => source?.kind === 'shelf' && source.id === item.id)
  const { parameters, dtype, license } = item.about
  const facts = [
    words.parameters(short(parameters)),
    bytes(item.bytes),
    dtype,
    ...(license === '' ? [] : [words.license(license)]),
    words.used(moment(item.used)),
  ]
  return <ShelfRow item={item} tags={<Tags kind="model" open={open} />} facts={facts} onOpen={() => void openKeptModel(item)} />
}

function AdapterRow({ item }: { item: ShelfItem<KeptAdapter> }) {
  const { shelf: words } = useWords()
  const { bytes, short, count, moment } = useFigures()
  const open = useStore(model, ({ adapter }) => adapter?.kind === 'shelf' && adapter.id === item.id)
  const { r, parameters, baseName } = item.about
  const facts = [
    words.beside(baseName),
    words.rank(count(r)),
    words.parameters(short(parameters)),
    bytes(item.bytes),
    words.used(moment(item.used)),
  ]
  return (
    <ShelfRow item={item} tags={<Tags kind="adapter" open={open} />} facts={facts} onOpen={() => void openKeptAdapter(item)} />
  )
}

function Tags({ kind, open }: { kind: 'model' | 'adapter'; open: boolean }) {
  const { shelf: words } = useWords()
  return (
    <>
      <Tag>{words.kinds[kind]}</Tag>
      {open && <Tag tone="accent">{words.isOpen}</Tag>}
    </>
  )
}
