// Folders that the person gave the page leave to read (File System Access): their handles are kept in IndexedDB, so that one is open again
// with one press after a reload. The browser may ask for the leave again then.
// Must not know: what lies in them.

import { ProblemError } from '../problem/problem.ts'
import { createStore, type Readable } from './store.ts'

/** What File System Access has beside the standard; not in every browser. */
type Asked = FileSystemDirectoryHandle & {
  queryPermission?: (options: { mode: 'read' }) => Promise<PermissionState>
  requestPermission?: (options: { mode: 'read' }) => Promise<PermissionState>
}

/** Two folders may have one name; `id` is a known one's own as long as the page is open. */
export type KnownFolder = { id: number; folder: FileSystemDirectoryHandle }

const held = createStore<readonly KnownFolder[]>([])
const most = 4
const database = 'tabtune'
const table = 'folders'
const key = 'known'

/** The last ones that were opened, the newest first. */
export const knownFolders: Readable<readonly KnownFolder[]> = held

let reading: Promise<void> | null = null
let lastId = 0

function known(folder: FileSystemDirectoryHandle): KnownFolder {
  lastId += 1
  return { id: lastId, folder }
}

/** Reads what is known from earlier visits, once. Storage that is blocked knows nothing. */
export function readKnownFolders(): Promise<void> {
  reading ??= stored('readonly', (store) => store.get(key))
    .then((value) => held.set(handlesIn(value).map(known)))
    .catch(() => undefined)
  return reading
}

/** Keeps a folder in the list, in the first place. */
export async function rememberFolder(folder: FileSystemDirectoryHandle): Promise<void> {
  await readKnownFolders()
  const others: KnownFolder[] = []
  for (const other of held.get()) if (!(await other.folder.isSameEntry(folder))) others.push(other)
  await keep([known(folder), ...others].slice(0, most))
}

export function forgetFolder(id: number): Promise<void> {
  return keep(held.get().filter((other) => other.id !== id))
}

/** A folder of this name that may be read without asking; null where there is none. */
export async function knownFolder(name: string): Promise<FileSystemDirectoryHandle | null> {
  await readKnownFolders()
  for (const { folder } of held.get()) if (folder.name === name && (await mayRead(folder))) return folder
  return null
}

/** Asks for the leave to read where it must be asked for, which takes a press of the person. Rejects with `shelf.folder-closed`. */
export async function askToRead(folder: Asked): Promise<void> {
  if (await mayRead(folder)) return
  if ((await folder.requestPermission?.({ mode: 'read' })) === 'granted') return
  throw new ProblemError({ code: 'shelf.folder-closed', values: { folder: folder.name }, where: folder.name })
}

/** A browser that knows no permissions for folders has given them with the handle. */
async function mayRead(folder: Asked): Promise<boolean> {
  return folder.queryPermission === undefined || (await folder.queryPermission({ mode: 'read' })) === 'granted'
}

async function keep(folders: readonly KnownFolder[]): Promise<void> {
  held.set(folders)
  const handles = folders.map(({ folder }) => folder)
  await stored('readwrite', (store) => store.put(handles, key)).catch(() => undefined)
}

function handlesIn(value: unknown): FileSystemDirectoryHandle[] {
  return Array.isArray(value) ? value.filter((each) => each instanceof FileSystemDirectoryHandle) : []
}

async function stored(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(database, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(table)
  const opened = await settled(opening)
  try {
    return await settled(ask(opened.transaction(table, mode).objectStore(table)))
  } finally {
    opened.close()
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
