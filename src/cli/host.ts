// The studio over Node: folders on disk, the wasm binaries beside their package, and Dawn's WebGPU where it was asked for and is installed.

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ProblemError } from '../problem/problem.ts'
import type { BackendRequest } from '../protocol/backend.ts'
import type { CallContext, CallName, Handlers } from '../protocol/calls.ts'
import type { DatasetReading } from '../protocol/dataset.ts'
import type { ModelSource } from '../protocol/model.ts'
import { handlersOf } from '../service/handlers.ts'
import { openNodeStudio } from '../service/nodeStudio.ts'
import type { Studio } from '../service/studio.ts'
import { nodeFolder } from '../storage/nodeFolder.ts'
import { note } from './output.ts'
import { installWebGpu } from './webgpu.ts'

export type Session = { studio: Studio; handlers: Handlers }

/** A context for a call that nobody listens to or cancels. */
export function quietly<N extends CallName>(): CallContext<N> {
  return { tell: () => undefined, signal: new AbortController().signal }
}

/** A studio with its backend started, and nothing open. */
export async function startSession(device: BackendRequest): Promise<Session> {
  const { choice } = device
  if (choice === 'webgpu' || choice === 'auto') await installWebGpu(choice === 'webgpu')
  const studio = openNodeStudio(async (source) => nodeFolder(source.kind === 'files' ? source.name : ''))
  const handlers = handlersOf(studio)
  await handlers.chooseBackend(device, quietly())
  return { studio, handlers }
}

/** Starts the backend and opens the model in `directory`, and beside it the adapter in `adapter` where one is given. */
export async function openSession(device: BackendRequest, directory: string, adapter?: string): Promise<Session> {
  for (const place of adapter === undefined ? [directory] : [directory, adapter]) {
    if (!existsSync(place))
      throw new ProblemError({ code: 'model.unreadable', values: { message: 'there is no such folder' }, where: place })
  }
  const session = await startSession(device)
  const inFolder = (name: string): ModelSource => ({ kind: 'files', name, files: [] })
  await session.handlers.openModel({ source: inFolder(directory) }, quietly())
  if (adapter !== undefined) await session.handlers.openAdapter({ source: inFolder(adapter) }, quietly())
  return session
}

/** Reads a data file and takes it into use. Rows with errors stop it, the first is named, unless `skipBad`. @param heldOut they are to be measured and never learned */
export async function openData({ handlers }: Session, file: string, skipBad: boolean, heldOut = false): Promise<DatasetReading> {
  const reading = await handlers.readDataset({ source: { name: file, content: await dataBlob(file) }, roles: null }, quietly())
  await handlers.useDataset({ goodRowsOnly: skipBad, heldOut }, quietly())
  if (reading.goodRows < reading.rows)
    note(`${reading.rows - reading.goodRows} of ${reading.rows} records have errors and are left out.`)
  return reading
}

/** A data file's bytes; rejects with `dataset.unreadable`. */
async function dataBlob(file: string): Promise<Blob> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    throw new ProblemError({ code: 'dataset.unreadable', values: { message }, where: file })
  })
  return new Blob([bytes])
}

/** Reads a data file for a report alone: no model, no backend. */
export async function readingOf(file: string): Promise<DatasetReading> {
  const studio = openNodeStudio(async () => nodeFolder('.'))
  return handlersOf(studio).readDataset({ source: { name: file, content: await dataBlob(file) }, roles: null }, quietly())
}
