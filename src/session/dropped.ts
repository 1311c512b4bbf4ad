// Decides what a drop, a choice of files or a paste is: a file of records, a model's folder, an adapter's, or something that cannot be used, with its reason.
// Must not know: what happens to it then beyond the store's own action.

import { asProblem, type Problem } from '../problem/problem.ts'
import type { ModelSource } from '../protocol/model.ts'
import { openAdapter } from './adapter.ts'
import { go } from './address.ts'
import { readSource, refuse } from './dataset.ts'
import { askToRead, rememberFolder } from './knownFolders.ts'
import { model, openModel, putProblemAway } from './model.ts'
import { reportProblem } from './problems.ts'
import { unlessLosing } from './unsaved.ts'

/** A file with its path inside the folder that was given, or its name alone. */
export type GivenFile = { path: string; file: Blob }

/** What File System Access adds to an item; not in every browser. */
type HandledItem = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }

/** Takes what was dropped on the page. Must be called while the event is being handled: the browser forgets the items afterwards. */
export async function takeDrop(transfer: DataTransfer): Promise<void> {
  const handle = onlyHandle([...transfer.items])
  const entries = [...transfer.items]
    .map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null))
    .filter((entry) => entry !== null)
  const files = [...transfer.files].map((file) => ({ path: file.name, file }))
  const link = transfer.getData('text/uri-list')
  const text = transfer.getData('text/plain')
  try {
    if (entries.some(isDirectory)) await takeEntries(entries, handle)
    else if (files.length > 0) await takeFiles(files)
    else if (link !== '') refuseDrop({ code: 'dataset.no-file', values: { found: 'link' }, where: link.split(/\s/)[0] ?? '' })
    else if (text !== '') await takeText(text)
    else refuseDrop({ code: 'dataset.no-file', values: { found: 'nothing' }, where: '' })
  } catch (error) {
    refuseDrop({ code: 'dataset.unreadable', values: { message: messageOf(error) }, where: '' })
  }
}

/** A handle for what was dropped, where it is one folder: with it the folder can be opened again after a reload. null where that cannot be had. */
function onlyHandle([item, ...more]: readonly HandledItem[]): Promise<FileSystemHandle | null> {
  if (item === undefined || more.length > 0 || item.getAsFileSystemHandle === undefined) return Promise.resolve(null)
  return item.getAsFileSystemHandle().catch(() => null)
}

async function takeEntries(entries: readonly FileSystemEntry[], dropped: Promise<FileSystemHandle | null>): Promise<void> {
  const files = (await Promise.all(entries.map(filesUnder))).flat()
  const folder = looksLikeModel(files) ? await dropped : null
  if (folder === null || !isFolder(folder)) return takeFiles(files)
  await takeFolder(folder, looksLikeAdapter(files))
}

/** Opens a folder where it lies, as a model or as an adapter: the worker says what it is. It is remembered once it could be opened. */
export async function takeFolder(folder: FileSystemDirectoryHandle, isAdapter = false): Promise<void> {
  const source: ModelSource = { kind: 'folder', name: folder.name, folder }
  go('model')
  await unlessLosing({ what: isAdapter ? 'adapter' : 'model', name: folder.name }, async () => {
    if (await (isAdapter ? openAdapter(source) : openEither(source))) await rememberFolder(folder)
  })
}

/** Opens a folder of before. The browser may ask the person first; where it is told no, that is said. */
export async function takeKnownFolder(folder: FileSystemDirectoryHandle): Promise<void> {
  try {
    await askToRead(folder)
    await takeFolder(folder)
  } catch (error) {
    reportProblem(error)
  }
}

/** Takes files that were dropped or chosen: one is records, a folder with adapter_config.json is an adapter, one with config.json or a zip is a model. */
export async function takeFiles(files: readonly GivenFile[]): Promise<void> {
  const [first] = files
  if (first === undefined) return refuseDrop({ code: 'dataset.no-file', values: { found: 'empty folder' }, where: '' })
  if (looksLikeModel(files)) return takeModel(files)
  if (files.length > 1) return refuseDrop({ code: 'dataset.several-files', values: { count: files.length }, where: '' })
  go('data', null)
  await readSource({ name: nameOf(first.path), content: first.file })
}

/** Opens files as a model, or as an adapter where they hold one: the worker says what is missing. */
export async function takeModel(files: readonly GivenFile[]): Promise<void> {
  if (looksLikeAdapter(files)) return takeAdapter(files)
  const source = sourceOf(files)
  if (source === null) return
  go('model')
  await unlessLosing({ what: 'model', name: source.name }, () => openEither(source))
}

/** Opens files as an adapter, whatever they are: the worker says what is missing. */
export async function takeAdapter(files: readonly GivenFile[]): Promise<void> {
  const source = sourceOf(files)
  if (source === null) return
  go('model')
  await unlessLosing({ what: 'adapter', name: source.name }, () => openAdapter(source))
}

/** What a .zip or a folder holds is known once the worker has looked: one with an adapter and no model is opened as that. */
async function openEither(source: ModelSource): Promise<boolean> {
  if (await openModel(source)) return true
  const { problem } = model.get()
  if (problem?.code !== 'model.missing-file' || !/(^|[/ ])adapter_config\.json/.test(problem.values.found)) return false
  putProblemAway()
  return openAdapter(source)
}

type FilesSource = Extract<ModelSource, { kind: 'files' }>

function sourceOf(files: readonly GivenFile[]): FilesSource | null {
  const [first] = files
  return first === undefined ? null : { kind: 'files', name: first.path.split('/')[0] ?? first.path, files }
}

/** Reads pasted or dropped text as records. */
export async function takeText(text: string): Promise<void> {
  go('data', null)
  await readSource({ name: 'pasted.txt', content: text })
}

function looksLikeAdapter(files: readonly GivenFile[]): boolean {
  return files.some(({ path }) => nameOf(path) === 'adapter_config.json')
}

export function looksLikeModel(files: readonly GivenFile[]): boolean {
  return (
    looksLikeAdapter(files) ||
    files.some(({ path }) => nameOf(path) === 'config.json') ||
    (files.length === 1 && /\.zip$/i.test(files[0]?.path ?? ''))
  )
}

function refuseDrop(problem: Problem) {
  go('data')
  refuse('', problem)
}

function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path
}

function messageOf(error: unknown): string {
  const problem = asProblem(error)
  return problem.code === 'run.unexpected' ? problem.values.message : problem.code
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFolder(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory'
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

async function filesUnder(entry: FileSystemEntry): Promise<readonly GivenFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ path: entry.fullPath.replace(/^\//, ''), file }]
  }
  if (!isDirectory(entry)) return []
  const inside = await childrenOf(entry.createReader())
  return (await Promise.all(inside.map(filesUnder))).flat()
}

/** A reader gives at most 100 entries at a time, and none when all were given. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  const children: FileSystemEntry[] = []
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (more.length === 0) return children
    children.push(...more)
  }
}
