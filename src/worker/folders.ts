// Where a model's bytes come from in a browser: the embedded one from beside the page, a person's from the files they chose.

import * as v from 'valibot'
import { ProblemError } from '../problem/problem.ts'
import type { OutsideSource } from '../service/studio.ts'
import { blobFolder } from '../storage/blobFolder.ts'
import { directoryFolder } from '../storage/directoryFolder.ts'
import type { Folder } from '../storage/folder.ts'
import { httpFolder } from '../storage/httpFolder.ts'
import { zipFolder } from '../storage/zipFolder.ts'

const EMBEDDED = 'tabtune-poet'

/** files.json of an embedded model: what a static server cannot list. */
const manifest = v.array(v.object({ path: v.string(), bytes: v.number() }))

/** Opens what the person chose; one zip file is a folder of its own. */
export async function browserFolders(
  source: OutsideSource,
  tell: (done: number, total: number | null) => void,
  signal: AbortSignal,
): Promise<Folder> {
  if (source.kind === 'embedded') return embeddedFolder(tell, signal)
  if (source.kind === 'folder') return directoryFolder(source.folder)
  const [first] = source.files
  if (first && source.files.length === 1 && first.path.toLowerCase().endsWith('.zip')) return zipFolder(source.name, first.file)
  return blobFolder(source.name, source.files)
}

async function embeddedFolder(tell: (done: number, total: number | null) => void, signal: AbortSignal): Promise<Folder> {
  // The worker's own script lies in assets/ of the built page; the model beside index.html.
  const address = new URL(import.meta.env.DEV ? `/models/${EMBEDDED}/` : `../models/${EMBEDDED}/`, self.location.href).href
  const response = await fetch(new URL('files.json', address), { signal })
  if (!response.ok) {
    throw new ProblemError({
      code: 'model.unreadable',
      values: { message: `the server answered ${response.status}` },
      where: `${EMBEDDED}/files.json`,
    })
  }
  return httpFolder(EMBEDDED, address, v.parse(manifest, await response.json()), { signal, tell })
}
