// Which model was open, from visit to visit, so that it comes back by itself: the embedded one, one on the shelf, a folder that may still be read.
// Files that were dropped cannot be had again; then the embedded one opens.
// Must not know: how a model is opened.

import { ProblemError } from '../problem/problem.ts'
import type { ModelSource } from '../protocol/model.ts'
import { knownFolder } from './knownFolders.ts'
import { recall, remember } from './memory.ts'
import { model, openModel, putProblemAway } from './model.ts'
import { reportProblem } from './problems.ts'

type Remembered = { kind: 'shelf'; id: string; name: string } | { kind: 'folder'; name: string } | { kind: 'embedded' }
type Last = { model: Remembered; adapter: Remembered | null }

const key = 'tabtune.model'
const embedded: ModelSource = { kind: 'embedded' }

/** Remembers what is open from now on. Called once, when the page opens. */
export function followModel(): () => void {
  let { source, adapter } = model.get()
  return model.subscribe(() => {
    const next = model.get()
    if (next.status !== 'ready' || next.source === null || (next.source === source && next.adapter === adapter)) return
    source = next.source
    adapter = next.adapter
    remember(key, { model: nameable(source), adapter: adapter && nameable(adapter) } satisfies Last)
  })
}

/** Opens what was open last; the embedded model where that cannot be had, which is then said. What the person opens meanwhile comes first. */
export async function openLastModel(): Promise<void> {
  const last = read(recall(key))
  const [source, adapter] = [await sourceOf(last.model), await sourceOf(last.adapter)]
  if (model.get().status !== 'none') return
  if (source === null) return void (await openModel(embedded))
  if ((await openModel(source, adapter)) || source.kind === 'embedded') return
  const { problem, status } = model.get()
  if (status !== 'none') return
  if (problem !== null) reportProblem(new ProblemError(problem))
  putProblemAway()
  await openModel(embedded)
}

function nameable(source: ModelSource): Remembered {
  if (source.kind === 'shelf') return source
  return source.kind === 'folder' ? { kind: 'folder', name: source.name } : { kind: 'embedded' }
}

async function sourceOf(last: Remembered | null): Promise<ModelSource | null> {
  if (last?.kind !== 'folder') return last
  const folder = await knownFolder(last.name)
  return folder && { kind: 'folder', name: last.name, folder }
}

function read(value: unknown): Last {
  const last = isObject(value) ? value : {}
  return { model: readOne(last.model) ?? { kind: 'embedded' }, adapter: readOne(last.adapter) }
}

/** An adapter is never the embedded model. */
function readOne(value: unknown): Exclude<Remembered, { kind: 'embedded' }> | null {
  if (!isObject(value) || typeof value.name !== 'string') return null
  const { kind, id, name } = value
  if (kind === 'shelf' && typeof id === 'string') return { kind, id, name }
  return kind === 'folder' ? { kind, name } : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
