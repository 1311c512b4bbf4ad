// What the page may keep and have again: data sets and runs put on the shelf, the list of what is there, and its changes.
// Models are written by saving.ts and read by models.ts, over the shelf that is opened here.
// Must not know: React, the DOM, which door called.

import { writeDataset } from '../formats/dataset/write.ts'
import { readAbout } from '../formats/shelf/about.ts'
import { readKeptRun, writeKeptRun } from '../formats/shelf/keptRun.ts'
import { ProblemError } from '../problem/problem.ts'
import type { DatasetSource } from '../protocol/dataset.ts'
import type {
  KeepRunRequest,
  KeptRun,
  KeptRunFacts,
  ShelfAbout,
  ShelfChange,
  ShelfItem,
  ShelfListing,
} from '../protocol/shelf.ts'
import type { Folder, StreamedFile } from '../storage/folder.ts'
import type { NewEntry, ShelfEntry } from '../storage/opfs/entry.ts'
import type { Shelf } from '../storage/opfs/shelf.ts'
import { datasetOf, type Studio } from './studio.ts'

const recordsFile = 'records.json'
const runFile = 'run.json'
const longestName = 100

/** The shelf; rejects with `shelf.missing` where there is none. */
export function openShelf({ host }: Studio): Promise<Shelf> {
  if (host.shelf !== null) return host.shelf()
  throw new ProblemError({ code: 'shelf.missing', values: { reason: 'this is no browser' }, where: '' })
}

/** What can be opened, the last used first. An entry of another version is left out, and left alone. */
export async function listShelf(studio: Studio): Promise<ShelfListing> {
  const shelf = await openShelf(studio)
  const items = (await shelf.list()).filter(({ removed }) => removed === null).flatMap(itemOf)
  return { items: items.sort((a, b) => b.used.localeCompare(a.used)), room: await shelf.room() }
}

export async function changeShelf(studio: Studio, { id, change }: { id: string; change: ShelfChange }): Promise<null> {
  const shelf = await openShelf(studio)
  if (change.kind === 'rename') await shelf.rename(id, checkedName(change.name))
  else if (change.kind === 'take-off') await shelf.takeOff(id)
  else await shelf.putBack(id)
  return null
}

/** Keeps the data set in use, its edits included and what was left out left out. */
export async function keepDataset(studio: Studio, { name }: { name: string }): Promise<ShelfItem> {
  const records = datasetOf(studio).records.flatMap(({ record, leftOut }) => (leftOut ? [] : [record]))
  const file = textFile(recordsFile, writeDataset(records))
  return keepOnShelf(studio, name, { kind: 'dataset', records: records.length }, [file])
}

/** A kept data set as a source to be read like any file. */
export async function keptDataset(studio: Studio, { id }: { id: string }): Promise<DatasetSource> {
  const shelf = await openShelf(studio)
  const content = await shelf.file(id, recordsFile)
  const { name } = await shelf.touch(id)
  return { name, content }
}

/** Keeps a run; the earlier state of the same run goes once this one is whole. */
export async function keepRun(studio: Studio, { name, run, replaces }: KeepRunRequest): Promise<ShelfItem> {
  const shelf = await openShelf(studio)
  const before = replaces === null ? undefined : (await shelf.list()).find(({ id }) => id === replaces)
  const item = await keepOnShelf(studio, before?.name ?? name, factsOf(run), [textFile(runFile, writeKeptRun(run))])
  if (before !== undefined) await shelf.remove(before.id)
  return item
}

/** A kept run, to be looked at again. `shelf.unreadable` where another version wrote it. */
export async function keptRun(studio: Studio, { id }: { id: string }): Promise<KeptRun> {
  const content = await (await openShelf(studio)).file(id, runFile)
  try {
    return readKeptRun(await content.text())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'shelf.unreadable', values: { message }, where: runFile })
  }
}

/** Keeps files under a name. Rejects with `shelf.full` before anything is written, or `shelf.name`. */
export async function keepOnShelf(
  studio: Studio,
  name: string,
  about: ShelfAbout,
  files: readonly StreamedFile[],
): Promise<ShelfItem> {
  const shelf = await openShelf(studio)
  const entry: NewEntry = { kind: about.kind, name: checkedName(name), about }
  const { id, bytes, made, used } = await shelf.keep(entry, files)
  return { id, name: entry.name, bytes, made, used, about }
}

/** The files of a kept model or adapter, which counts as using it; a shelf that is full may fail to note that. */
export async function keptFolder(studio: Studio, id: string): Promise<Folder> {
  const shelf = await openShelf(studio)
  const folder = await shelf.folder(id)
  await shelf.touch(id).catch(() => undefined)
  return folder
}

function itemOf({ id, name, bytes, made, used, about }: ShelfEntry): ShelfItem[] {
  const known = readAbout(about)
  return known === null ? [] : [{ id, name, bytes, made, used, about: known }]
}

function factsOf({ run, model, dataset, tuned, twin }: KeptRun): KeptRunFacts {
  return {
    kind: 'run',
    run,
    model,
    dataset,
    method: tuned.settings.lora === null ? 'full' : 'lora',
    steps: tuned.summary.steps,
    lastLoss: tuned.summary.lastLoss,
    verdict: tuned.verdict?.kind ?? null,
    twin: twin !== null,
  }
}

function checkedName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > longestName)
    throw new ProblemError({ code: 'shelf.name', values: { name: trimmed }, where: '' })
  return trimmed
}

function textFile(path: string, text: string): StreamedFile {
  const bytes = new TextEncoder().encode(text)
  return {
    path,
    bytes: bytes.length,
    chunks: async function* () {
      yield bytes
    },
  }
}
