// Downloads that an earlier attempt left on the shelf: what they are of, how much of them is there, and a way to be rid of them.
// Apart from the downloading, because the page asks for it when it opens.
// Must not know: the network.

import * as v from 'valibot'
import type { UnfinishedPull } from '../protocol/hub.ts'
import type { Download } from '../storage/opfs/download.ts'
import { openShelf } from './shelf.ts'
import type { Studio } from './studio.ts'

/** What stands beside a download until it is whole. */
const begunSchema = v.object({ revision: v.nullable(v.string()) })
export type BegunPull = v.InferOutput<typeof begunSchema>

/** What another tab is fetching is not among them. */
export async function unfinishedPulls(studio: Studio): Promise<readonly UnfinishedPull[]> {
  const shelf = await openShelf(studio)
  const found: UnfinishedPull[] = []
  for (const { kind, name, about } of await shelf.downloads()) {
    const download = kind === 'model' ? await shelf.download({ kind, name, about }).catch(() => null) : null
    if (download === null) continue
    try {
      const begun = v.safeParse(begunSchema, about)
      found.push({ repository: name, revision: begun.success ? begun.output.revision : null, ...(await bytesIn(download)) })
    } finally {
      download.close()
    }
  }
  return found
}

async function bytesIn({ folder }: Download): Promise<{ bytes: number; done: number }> {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)
  const whole = sum((await folder.list()).map(({ bytes }) => bytes))
  const partials = await folder.partials()
  return { bytes: whole + sum(partials.map(({ note }) => note.bytes)), done: whole + sum(partials.map(({ held }) => held)) }
}

export async function discardPull(studio: Studio, { repository }: { repository: string }): Promise<null> {
  const shelf = await openShelf(studio)
  for (const { kind, name, about } of await shelf.downloads()) {
    if (kind === 'model' && name === repository) await (await shelf.download({ kind, name, about })).discard()
  }
  return null
}
