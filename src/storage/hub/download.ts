// Several files of one commit into one folder, a few at a time: what is whole and right is left, what is half there is gone on with,
// and what is of another commit is begun anew, file by file. Whether there is room is asked before the first byte.
// Must not know: which files a model needs, who is told.

import { ProblemError } from '../../problem/problem.ts'
import type { PartialEntry, PartialFolder } from '../partialFolder.ts'
import { startChecksum } from './checksum.ts'
import { writing } from './heldFile.ts'
import { type Pace, startPace } from './pace.ts'
import type { HubFile } from './repository.ts'
import type { Access, Subject } from './request.ts'
import { transfer } from './transfer.ts'

export type DownloadProgress = Pace & {
  /** Bytes of all files, and how many of them are here. */
  bytes: number
  done: number
  files: readonly { path: string; bytes: number; done: number }[]
  /** Files of which something was held that is of another content, and that were begun anew. */
  anew: readonly string[]
}

const filesAtOnce = 3
const msBetween = 250
const readBytes = 4 * 2 ** 20

/** Resolves when every file is whole and has the checksum that was stated. Whatever it rejects with, what has arrived stays in the folder. */
export async function download(
  access: Access,
  folder: PartialFolder,
  subject: Subject,
  wanted: readonly HubFile[],
  tell: (progress: DownloadProgress) => void,
): Promise<void> {
  const anew = new Set<string>()
  const done = new Map(wanted.map(({ path }) => [path, 0]))
  const pace = startPace(() => performance.now())
  const bytes = wanted.reduce((sum, file) => sum + file.bytes, 0)
  const report = () => {
    const sum = [...done.values()].reduce((total, held) => total + held, 0)
    const files = wanted.map((file) => ({ path: file.path, bytes: file.bytes, done: done.get(file.path) ?? 0 }))
    tell({ bytes, done: sum, files, anew: [...anew], ...pace(sum, bytes) })
  }
  const { missing, begun } = await writing(folder.name, 0, () => begin(access, folder, wanted, (path) => anew.add(path)))
  for (const { path, bytes: size } of wanted)
    done.set(path, missing.some((file) => file.path === path) ? (begun.get(path)?.held ?? 0) : size)
  await askForRoom(folder, missing, begun)
  report()
  // By the clock and not by the byte: a connection on which nothing comes is told of as well.
  const ticker = setInterval(report, msBetween)
  try {
    await severalAtOnce(access.signal, missing, (file, signal) =>
      transfer({ ...access, signal }, folder, subject, file, begun.get(file.path) ?? nothingHeld, {
        onHeld: (count) => done.set(file.path, count),
        onAnew: () => anew.add(file.path),
      }),
    )
  } finally {
    clearInterval(ticker)
    report()
  }
}

type Held = { held: number; etag: string | null }
type Begun = { missing: readonly HubFile[]; begun: ReadonlyMap<string, Held> }

const nothingHeld: Held = { held: 0, etag: null }

/** Begins every file that is not there, so that the folder does not look whole while it is not. Rejects with hub.folder-taken before it changes anything. */
async function begin(
  access: Access,
  folder: PartialFolder,
  wanted: readonly HubFile[],
  onAnew: (path: string) => void,
): Promise<Begun> {
  const there = new Map((await folder.list()).map((file) => [file.path, file.bytes]))
  const partials = new Map((await folder.partials()).map((entry) => [entry.path, entry]))
  const missing: HubFile[] = []
  for (const file of wanted) {
    access.signal.throwIfAborted()
    if (there.get(file.path) !== file.bytes || !(await isRight(folder, file))) missing.push(file)
  }
  const others = missing.filter(({ path }) => there.has(path)).map(({ path }) => path)
  // Beside unfinished files they are of an earlier commit; alone they are somebody's.
  if (others.length > 0 && partials.size === 0)
    throw new ProblemError({ code: 'hub.folder-taken', values: { files: others.join(', ') }, where: folder.name })
  for (const path of partials.keys()) if (!missing.some((file) => file.path === path)) await folder.discard(path)
  const begun = new Map<string, Held>()
  for (const { path, url, bytes, checksum } of missing) {
    const partial = partials.get(path)
    if (partial && isOf(partial, { bytes, checksum })) {
      begun.set(path, { held: partial.held, etag: partial.note.etag })
      continue
    }
    if ((partial !== undefined && partial.held > 0) || there.has(path)) onAnew(path)
    await writing(path, bytes, () => folder.begin(path, { url, bytes, checksum, etag: null }))
  }
  return { missing, begun }
}

function isOf({ note, held }: PartialEntry, { bytes, checksum }: Pick<HubFile, 'bytes' | 'checksum'>): boolean {
  return note.checksum === checksum && note.bytes === bytes && held <= bytes
}

async function isRight(folder: PartialFolder, { path, bytes, checksum }: HubFile): Promise<boolean> {
  const found = await startChecksum(checksum, bytes)
  for (let from = 0; from < bytes; from += readBytes)
    found.update(await folder.read(path, from, Math.min(bytes, from + readBytes)))
  return found.isRight()
}

/** For all that is still to come, so that files which are fetched together cannot run out of it together. */
async function askForRoom(folder: PartialFolder, missing: readonly HubFile[], begun: Begun['begun']): Promise<void> {
  const needed = missing.reduce((sum, { path, bytes }) => sum + bytes - (begun.get(path)?.held ?? 0), 0)
  const room = await folder.room()
  if (room !== null && needed > room)
    throw new ProblemError({ code: 'hub.no-room', values: { needed, room }, where: folder.name })
}

/** The first that fails stops the others; all have ended when this settles. */
async function severalAtOnce<T>(
  outer: AbortSignal,
  items: readonly T[],
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController()
  const signal = AbortSignal.any([outer, failed.signal])
  const queue = [...items]
  const errors: unknown[] = []
  const takeFromQueue = async () => {
    for (let item = queue.shift(); item !== undefined && !signal.aborted; item = queue.shift()) {
      try {
        await work(item, signal)
      } catch (error) {
        errors.push(error)
        failed.abort()
      }
    }
  }
  await Promise.all(Array.from({ length: filesAtOnce }, takeFromQueue))
  outer.throwIfAborted()
  if (errors.length > 0) throw errors[0]
}
