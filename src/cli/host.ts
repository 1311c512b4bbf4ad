// The studio over Node: folders on disk, the wasm binaries beside their package, and Dawn's WebGPU where it was asked for and is installed.

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { ProblemError } from '../problem/problem.ts'
import type { BackendChoice } from '../protocol/backend.ts'
import type { CallContext, CallName, Handlers } from '../protocol/calls.ts'
import type { DatasetReading } from '../protocol/dataset.ts'
import { handlersOf } from '../service/handlers.ts'
import { openStudio, type Studio } from '../service/studio.ts'
import { nodeFolder } from '../storage/nodeFolder.ts'
import { note } from './output.ts'
import { installWebGpu } from './webgpu.ts'

export type Session = { studio: Studio; handlers: Handlers }

/** A context for a call that nobody listens to or cancels. */
export function quietly<N extends CallName>(): CallContext<N> {
  return { tell: () => undefined, signal: new AbortController().signal }
}

/** Starts the backend and opens the model in `directory`. */
export async function openSession(choice: BackendChoice, directory: string): Promise<Session> {
  if (choice === 'webgpu' || choice === 'auto') await installWebGpu(choice === 'webgpu')
  const studio = openStudio({
    backend: { wasmFiles: null, isolated: false },
    folderOf: async () => nodeFolder(directory),
  })
  const handlers = handlersOf(studio)
  if (!existsSync(directory)) {
    throw new ProblemError({ code: 'model.unreadable', values: { message: 'there is no such folder' }, where: directory })
  }
  await handlers.chooseBackend({ choice }, quietly())
  await handlers.openModel({ source: { kind: 'files', name: basename(directory), files: [] } }, quietly())
  return { studio, handlers }
}

/** Reads a data file and takes it into use. Rows with errors stop it, the first is named, unless `skipBad`. */
export async function openData({ handlers }: Session, file: string, skipBad: boolean): Promise<DatasetReading> {
  const reading = await handlers.readDataset({ source: { name: file, content: await dataBlob(file) }, roles: null }, quietly())
  await handlers.useDataset({ goodRowsOnly: skipBad }, quietly())
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
  const studio = openStudio({ backend: { wasmFiles: null, isolated: false }, folderOf: async () => nodeFolder('.') })
  return handlersOf(studio).readDataset({ source: { name: file, content: await dataBlob(file) }, roles: null }, quietly())
}
