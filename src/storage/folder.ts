// Where bytes live, behind one small type. A dropped folder, a zip file, an address and a disk are each one file beside this one.
// Knows paths and ranges; never what the bytes mean.

export type FileEntry = {
  /** Path inside the folder, with forward slashes. */
  path: string
  bytes: number
}

export type Folder = {
  /** Shown to the person. */
  name: string
  /** Every file in it, in no particular order. */
  list: () => Promise<readonly FileEntry[]>
  /** Bytes [from, to) of a file, the caller's own with their whole buffer; rejects with a plain Error when the file is not there or shorter. */
  read: (path: string, from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>
}

export type WritableFolder = Folder & {
  /** Writes a file whole, or leaves what was there before. */
  write: (path: string, chunks: AsyncIterable<Uint8Array<ArrayBuffer>>) => Promise<void>
}

/** A file that is still to be written, wherever it goes. */
export type StreamedFile = {
  path: string
  /** Known before the first chunk. */
  bytes: number
  chunks: () => AsyncIterable<Uint8Array<ArrayBuffer>>
}

/** The plain Errors that every folder rejects with. */
export const missing = (path: string) => new Error(`there is no file ${path}`)
export const tooShort = (path: string, to: number, bytes: number) =>
  new Error(`${path} ends at byte ${bytes}, byte ${to} was asked for`)
