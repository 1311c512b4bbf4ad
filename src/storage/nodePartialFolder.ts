// A folder on disk that holds downloads which are not whole yet, in Node. They lie in a folder of their own inside it, which is gone when
// the last one is finished: bytes as they come, and the note beside them. Finishing is a rename on one disk.
// Must not know: the network. Like nodeFolder.ts it cannot be loaded by a page.

import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import * as v from 'valibot'
import { nodeFolder } from './nodeFolder.ts'
import {
  isInside,
  type PartialEntry,
  type PartialFile,
  type PartialFolder,
  partialNote,
  wrongPlace,
  wrongSize,
} from './partialFolder.ts'

const HELD = '.tabtune-download'

/** `root` need not exist before something is begun. */
export function nodePartialFolder(root: string): PartialFolder {
  const top = resolve(root)
  const held = join(top, HELD)
  const folder = nodeFolder(top)
  const opened = new Set<string>()
  const bytesOf = (path: string) => join(held, `${encodeURIComponent(path)}.part`)
  const noteOf = (path: string) => join(held, `${encodeURIComponent(path)}.json`)

  const discard = async (path: string) => {
    await rm(noteOf(path), { force: true })
    await rm(bytesOf(path), { force: true })
    await rmdir(held).catch(() => undefined)
  }
  const setNote = async (path: string, note: PartialEntry['note']) => {
    await writeFile(`${noteOf(path)}.new`, JSON.stringify(note))
    await rename(`${noteOf(path)}.new`, noteOf(path))
  }
  return {
    name: folder.name,
    list: async () => (await folder.list()).filter(({ path }) => !path.startsWith(`${HELD}/`)),
    read: folder.read,
    partials: () => entriesIn(held),
    begin: async (path, note) => {
      if (!isInside(path)) throw new Error(`${path} leads out of the folder`)
      await mkdir(held, { recursive: true })
      await writeFile(bytesOf(path), new Uint8Array())
      await setNote(path, note)
    },
    open: async (path) => {
      if (opened.has(path)) throw new Error(`${path} is being written already`)
      opened.add(path)
      const end = () => opened.delete(path)
      const finish = async () => {
        await mkdir(dirname(join(top, path)), { recursive: true })
        await rename(bytesOf(path), join(top, path))
        await discard(path)
      }
      try {
        const { note } = v.parse(entrySchema, { note: JSON.parse(await readFile(noteOf(path), 'utf8')) })
        return await openPartial({ file: bytesOf(path), path, note, setNote: (next) => setNote(path, next), finish, end })
      } catch (error) {
        end()
        throw error
      }
    },
    discard,
    room: () => roomAt(top),
  }
}

const entrySchema = v.object({ note: partialNote })

type Opening = {
  file: string
  path: string
  note: PartialEntry['note']
  setNote: (note: PartialEntry['note']) => Promise<void>
  finish: () => Promise<void>
  /** It is open no more. */
  end: () => void
}

async function openPartial({ file, path, note, setNote, finish, end }: Opening): Promise<PartialFile> {
  const handle = await open(file, 'r+')
  let { size } = await handle.stat()
  return {
    read: async (from, to) => {
      const bytes = new Uint8Array(to - from)
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from)
      return bytes.subarray(0, bytesRead)
    },
    append: async (at, bytes) => {
      if (at !== size) throw wrongPlace(path, at, size)
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, size)
        done += bytesWritten
        size += bytesWritten
      }
    },
    setNote: async (next) => {
      await setNote(next)
      note = next
    },
    finish: async () => {
      try {
        if (size !== note.bytes) throw wrongSize(path, size, note.bytes)
        await handle.sync()
      } finally {
        await handle.close()
        end()
      }
      await finish()
    },
    close: async () => {
      await handle.close()
      end()
    },
  }
}

/** What was being written when the process ended, whatever of it is there: bytes without a note are nobody's. */
async function entriesIn(held: string): Promise<PartialEntry[]> {
  const names = await readdir(held).catch(() => [])
  const entries = await Promise.all(
    names
      .filter((name) => name.endsWith('.json'))
      .map(async (name): Promise<PartialEntry | null> => {
        try {
          const { note } = v.parse(entrySchema, { note: JSON.parse(await readFile(join(held, name), 'utf8')) })
          const path = decodeURIComponent(name.slice(0, -'.json'.length))
          return { path, held: (await stat(join(held, `${encodeURIComponent(path)}.part`))).size, note }
        } catch {
          return null
        }
      }),
  )
  return entries.filter((entry) => entry !== null)
}

/** Of the nearest folder that is there: the one to be made will lie on the same disk. */
async function roomAt(place: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(place)
    return bavail * bsize
  } catch {
    return dirname(place) === place ? null : roomAt(dirname(place))
  }
}
