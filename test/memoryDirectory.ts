// A browser's private file system in memory, for tests: every write is counted, and one of them can be the last before the power goes.
// From that write on all of them fail; what was written before it is still there when the power is back.
// Must not know: what is tested with it.

import type { OpfsDirectory, OpfsFile } from '../src/storage/opfs/directory.ts'

export type MemoryDisk = {
  root: OpfsDirectory
  /** Writes so far. */
  writes: () => number
  /** The power goes in the middle of the write with this number, from 1; null: it is there. */
  cutAt: (write: number | null) => void
  /** Bytes that may lie on it. */
  setQuota: (bytes: number) => void
  bytes: () => number
}

/**
 * How the browser writes and renames. sync: in place, so that half a write can be there. swap: into a copy that takes the file's place on close.
 * copy: in place, and without `move`.
 */
export type MemoryWays = 'sync' | 'swap' | 'copy'

type FileNode = { kind: 'file'; bytes: Uint8Array<ArrayBuffer>; open: boolean }
type DirectoryNode = { kind: 'directory'; children: Map<string, Node> }
type Node = FileNode | DirectoryNode

const named = (name: string) => new DOMException(name, name)

class PowerCut extends Error {}

export function memoryDisk(ways: MemoryWays = 'sync'): MemoryDisk {
  const tree: DirectoryNode = { kind: 'directory', children: new Map() }
  let writes = 0
  let cut: number | null = null
  let quota = Number.POSITIVE_INFINITY

  /** Counts a write. True when the power goes during it. */
  const goesDuring = () => {
    writes += 1
    if (cut !== null && writes > cut) throw new PowerCut('no power')
    return writes === cut
  }
  const whole = () => {
    if (goesDuring()) throw new PowerCut('no power')
  }
  const write = (node: FileNode, at: number, bytes: Uint8Array<ArrayBuffer>) => {
    const goes = goesDuring()
    const taken = goes ? bytes.slice(0, Math.floor(bytes.length / 2)) : bytes
    if (sizeOf(tree) + Math.max(0, at + taken.length - node.bytes.length) > quota) throw named('QuotaExceededError')
    const next = new Uint8Array(Math.max(node.bytes.length, at + taken.length))
    next.set(node.bytes)
    next.set(taken, at)
    node.bytes = next
    if (goes) throw new PowerCut('no power')
    return bytes.length
  }

  const fileOf = (parent: DirectoryNode, name: string, node: FileNode): OpfsFile => ({
    getFile: async () => new Blob([node.bytes]),
    ...(ways !== 'copy' && {
      move: async (to: string) => {
        if (node.open) throw named('NoModificationAllowedError')
        whole()
        parent.children.delete(name)
        parent.children.set(to, node)
      },
    }),
    ...(ways === 'swap'
      ? {
          createWritable: async () => {
            const copy: FileNode = { ...node }
            return {
              write: async ({ position, data }) => void write(copy, position, data),
              close: async () => {
                whole()
                node.bytes = copy.bytes
              },
              abort: async () => undefined,
            }
          },
        }
      : {
          createSyncAccessHandle: async () => {
            if (node.open) throw named('NoModificationAllowedError')
            node.open = true
            return {
              write: (bytes, { at }) => write(node, at, bytes),
              truncate: (bytes) => {
                whole()
                if (sizeOf(tree) - node.bytes.length + bytes > quota) throw named('QuotaExceededError')
                const next = new Uint8Array(bytes)
                next.set(node.bytes.subarray(0, bytes))
                node.bytes = next
              },
              getSize: () => node.bytes.length,
              flush: () => undefined,
              close: () => {
                node.open = false
              },
            }
          },
        }),
  })

  const directoryOf = (node: DirectoryNode): OpfsDirectory => ({
    getDirectoryHandle: async (name, options) => {
      const child = node.children.get(name)
      if (child?.kind === 'directory') return directoryOf(child)
      if (child !== undefined) throw named('TypeMismatchError')
      if (options?.create !== true) throw named('NotFoundError')
      whole()
      const made: DirectoryNode = { kind: 'directory', children: new Map() }
      node.children.set(name, made)
      return directoryOf(made)
    },
    getFileHandle: async (name, options) => {
      const child = node.children.get(name)
      if (child?.kind === 'file') return fileOf(node, name, child)
      if (child !== undefined) throw named('TypeMismatchError')
      if (options?.create !== true) throw named('NotFoundError')
      whole()
      const made: FileNode = { kind: 'file', bytes: new Uint8Array(), open: false }
      node.children.set(name, made)
      return fileOf(node, name, made)
    },
    removeEntry: async (name) => {
      const child = node.children.get(name)
      if (child === undefined) throw named('NotFoundError')
      // A folder goes file by file, so that a part of it can be left.
      if (child.kind === 'directory')
        for (const inside of [...child.children.keys()]) await directoryOf(child).removeEntry(inside)
      if (child.kind === 'file' && child.open) throw named('NoModificationAllowedError')
      whole()
      node.children.delete(name)
    },
    entries: async function* () {
      for (const [name, child] of [...node.children]) yield [name, { kind: child.kind }] as const satisfies [string, object]
    },
  })

  return {
    root: directoryOf(tree),
    writes: () => writes,
    cutAt: (at) => {
      cut = at
      if (at === null) closeAll(tree)
    },
    setQuota: (bytes) => {
      quota = bytes
    },
    bytes: () => sizeOf(tree),
  }
}

function sizeOf(node: Node): number {
  if (node.kind === 'file') return node.bytes.length
  return [...node.children.values()].reduce((sum, child) => sum + sizeOf(child), 0)
}

/** What a tab held open is closed when it ends. */
function closeAll(node: Node) {
  if (node.kind === 'file') node.open = false
  else for (const child of node.children.values()) closeAll(child)
}
