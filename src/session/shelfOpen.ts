// Opens what is on the shelf: a model, an adapter with the model that it was trained beside, a data set.
// Must not know: how they are kept.

import type { ModelSource } from '../protocol/model.ts'
import type { KeptAdapter, KeptBase, KeptDataset, KeptModel, ShelfItem } from '../protocol/shelf.ts'
import { openAdapter } from './adapter.ts'
import { go } from './address.ts'
import { readSource } from './dataset.ts'
import { call } from './door.ts'
import { model, openModel } from './model.ts'
import { reportProblem } from './problems.ts'
import { shelf, shelfChanged } from './shelf.ts'
import { unlessLosing } from './unsaved.ts'

export async function openKeptModel({ id, name }: ShelfItem<KeptModel>): Promise<void> {
  go('model')
  await unlessLosing({ what: 'model', name }, () => openModel({ kind: 'shelf', id, name }).then(shelfChanged))
}

/** Opens its base first where that is not open and is to be had; otherwise it is put beside what is open. */
export async function openKeptAdapter({ id, name, about }: ShelfItem<KeptAdapter>): Promise<void> {
  go('model')
  const source: ModelSource = { kind: 'shelf', id, name }
  const base = sourceOf(about.base)
  const open = () => (base === null || isOpen(base) ? openAdapter(source) : openModel(base, source))
  await unlessLosing({ what: 'adapter', name }, () => open().then(shelfChanged))
}

export async function openKeptDataset({ id }: ShelfItem<KeptDataset>): Promise<void> {
  go('data', null)
  try {
    await readSource(await call('keptDataset', { id }))
    await shelfChanged()
  } catch (error) {
    reportProblem(error)
  }
}

/** The base that is open, as an adapter's entry names it. */
export function openBase(): KeptBase {
  const { source } = model.get()
  if (source?.kind === 'embedded') return { kind: 'embedded' }
  return source?.kind === 'shelf' ? { kind: 'shelf', id: source.id } : { kind: 'elsewhere' }
}

function sourceOf(base: KeptBase): ModelSource | null {
  if (base.kind === 'embedded') return base
  if (base.kind === 'elsewhere') return null
  const there = shelf.get().items.find(({ id }) => id === base.id)
  return there === undefined ? null : { kind: 'shelf', id: there.id, name: there.name }
}

function isOpen(base: ModelSource): boolean {
  const { source } = model.get()
  if (base.kind === 'shelf') return source?.kind === 'shelf' && source.id === base.id
  return source?.kind === base.kind
}
