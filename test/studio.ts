// A studio for tests: the services of the page and the command line over files in memory, with nothing between.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { normalNumbers } from '../src/config/random.ts'
import { inlinedKernels } from '../src/engine/targets/cpu/inlinedKernels.ts'
import { modelFolderFiles } from '../src/formats/huggingface/write.ts'
import type { JsonObject } from '../src/formats/json.ts'
import { parameterShapes } from '../src/models/parameters.ts'
import type { CallContext, CallName, Event, Handlers } from '../src/protocol/calls.ts'
import type { DataRecord } from '../src/protocol/dataset.ts'
import type { ModelSource } from '../src/protocol/model.ts'
import { handlersOf } from '../src/service/handlers.ts'
import { type Host, openStudio, type Studio } from '../src/service/studio.ts'
import type { StreamedFile } from '../src/storage/folder.ts'
import { keptInMemory } from '../src/storage/keptJson.ts'
import { browserFolders } from '../src/worker/folders.ts'
import { smallTokenizer, smallTokenizerConfig } from './smallTokenizer.ts'
import { tinyConfig, tinyConfigJson } from './tinyModel.ts'

export type OpenedStudio = { studio: Studio; handlers: Handlers }

/** One trial for all tests of a file. */
const gpuTrial = keptInMemory()

/** Opens folders as the page does, and the shelf that it is given. No backend is started. */
export function testStudio(shelf: Host['shelf'] = null): OpenedStudio {
  const backend = { wasmFiles: null, isolated: false }
  const studio = openStudio({ backend, kernels: inlinedKernels, gpuTrial, folderOf: browserFolders, shelf })
  return { studio, handlers: handlersOf(studio) }
}

/** A call that nobody listens to or cancels. */
export function quietly<N extends CallName>(): CallContext<N> {
  return { tell: () => undefined, signal: new AbortController().signal }
}

/** A call whose events are kept, and which `cancel` cancels. */
export function listening<N extends CallName>(): { context: CallContext<N>; events: Event<N>[]; cancel: () => void } {
  const events: Event<N>[] = []
  const stop = new AbortController()
  return { events, cancel: () => stop.abort(), context: { tell: (event) => events.push(event), signal: stop.signal } }
}

export type Files = readonly { path: string; file: Blob }[]
export const sourceOf = (name: string, files: Files): ModelSource => ({ kind: 'files', name, files })

/** Every file of a folder on disk, its subfolders left out. */
export function filesIn(folder: string): Files {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ path: name, file: new Blob([readFileSync(join(folder, name))]) }))
}

/** Streams as blobs. */
export async function blobsOf(files: readonly StreamedFile[]): Promise<Files> {
  const blobs = []
  for (const { path, chunks } of files) {
    const parts: Uint8Array<ArrayBuffer>[] = []
    for await (const chunk of chunks()) parts.push(chunk)
    blobs.push({ path, file: new Blob(parts) })
  }
  return blobs
}

export type TinyFolder = {
  /** Added to config.json, over what is there. */
  config?: JsonObject
  seed?: number
  dtype?: 'F32' | 'F16' | 'BF16'
  withTokenizer?: boolean
  /** Tensors by name in place of the right ones; null leaves one out. */
  tensors?: Readonly<Record<string, readonly number[] | null>>
}

/** A Hugging Face folder of the tiny model with the small tokenizer. */
export function tinyFolderFiles(options: TinyFolder = {}): Promise<Files> {
  const next = normalNumbers(options.seed ?? 7)
  const json = (value: object) => new TextEncoder().encode(JSON.stringify(value))
  const shapes = new Map(parameterShapes(tinyConfig).map(({ name, shape }): [string, readonly number[]] => [name, shape]))
  for (const [name, shape] of Object.entries(options.tensors ?? {})) {
    if (shape === null) shapes.delete(name)
    else shapes.set(name, shape)
  }
  const tokenizerFiles = [
    { path: 'tokenizer.json', bytes: json(smallTokenizer()) },
    { path: 'tokenizer_config.json', bytes: json(smallTokenizerConfig) },
  ]
  return blobsOf(
    modelFolderFiles({
      config: { ...tinyConfigJson, ...options.config },
      generationConfig: null,
      carried: [
        ...(options.withTokenizer === false ? [] : tokenizerFiles),
        { path: 'LICENSE', bytes: new TextEncoder().encode('\nA licence\nof two lines\n') },
      ],
      extra: [],
      tensors: [...shapes].map(([name, shape]) => ({
        name,
        shape,
        dtype: options.dtype ?? 'F32',
        values: async () => {
          const values = new Float32Array(shape.reduce((size, length) => size * length, 1))
          if (name.endsWith('norm.weight')) return values.fill(1)
          return values.map(() => 0.3 * next())
        },
      })),
    }),
  )
}

/** The records as a file in the article's form, or as token and chat records. */
export const dataOf = (records: readonly DataRecord[]) => ({
  name: 'records.json',
  content: JSON.stringify(records.map(({ kind: _, ...fields }) => fields)),
})

/** Reads the records and takes them into use. */
export async function useRecords({ handlers }: OpenedStudio, records: readonly DataRecord[]): Promise<void> {
  await handlers.readDataset({ source: dataOf(records), roles: null }, quietly())
  await handlers.useDataset({ goodRowsOnly: false }, quietly())
}
