// Models from the Hub onto the shelf: one that is there already is not fetched again, one that was begun is gone on with.
// A model that is refused, or of which nothing arrived, leaves nothing there.
// Must not know: how anything is fetched.

import { licenseOf } from '../formats/huggingface/card.ts'
import { readAbout } from '../formats/shelf/about.ts'
import { parameterCount } from '../models/parameters.ts'
import type { PullRequest } from '../protocol/hub.ts'
import type { KeptModel, ShelfItem } from '../protocol/shelf.ts'
import type { Folder } from '../storage/folder.ts'
import type { Download } from '../storage/opfs/download.ts'
import type { Shelf } from '../storage/opfs/shelf.ts'
import { type FoundModel, findModelOnHub, type PullContext } from './pulling.ts'
import { openShelf } from './shelf.ts'
import type { Studio } from './studio.ts'
import type { BegunPull } from './unfinishedPulls.ts'

/** Resolves when the model is on the shelf, whole and checked. */
export async function pull(studio: Studio, request: PullRequest, { tell, signal }: PullContext): Promise<ShelfItem<KeptModel>> {
  const shelf = await openShelf(studio)
  const found = await findModelOnHub(request, signal)
  const there = await keptAlready(shelf, found)
  if (there !== null) return there
  await makeRoom(shelf, found.bytes)
  const about: BegunPull = { revision: request.revision }
  const download = await shelf.download({ kind: 'model', name: found.repository, about })
  try {
    await found.fetchInto(download.folder, tell)
  } catch (error) {
    if (await holdsNothing(download)) await download.discard()
    else download.close()
    throw error
  }
  const kept = aboutOf(found, await licenseIn(download.folder))
  const { id, name, bytes, made, used } = await download.keep(kept)
  return { id, name, bytes, made, used, about: kept }
}

/** What was taken off the shelf can be put back only while nobody needs its room. */
async function makeRoom(shelf: Shelf, bytes: number): Promise<void> {
  const room = await shelf.room()
  if (room !== null && room.free < bytes) await shelf.purge()
}

async function keptAlready(shelf: Shelf, { repository, commit }: FoundModel): Promise<ShelfItem<KeptModel> | null> {
  for (const { id, name, bytes, made, used, removed, about } of await shelf.list()) {
    const known = removed === null ? readAbout(about) : null
    if (known?.kind === 'model' && known.hub?.repository === repository && known.hub.commit === commit)
      return { id, name, bytes, made, used, about: known }
  }
  return null
}

function aboutOf({ config, dtype, repository, commit }: FoundModel, license: string): KeptModel {
  const { architecture } = config
  return {
    kind: 'model',
    architecture,
    parameters: parameterCount(config),
    dtype,
    license,
    run: null,
    hub: { repository, commit },
  }
}

async function licenseIn(folder: Folder): Promise<string> {
  const readme = (await folder.list()).find(({ path }) => path === 'README.md')
  return readme === undefined ? '' : licenseOf(new TextDecoder().decode(await folder.read(readme.path, 0, readme.bytes)))
}

async function holdsNothing({ folder }: Download): Promise<boolean> {
  return (await folder.list()).length === 0 && (await folder.partials()).every(({ held }) => held === 0)
}
