// The folders for unfinished downloads on a disk, on the shelf and in memory, and what is the disk's alone.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { memoryDisk } from '../../test/memoryDirectory.ts'
import { memoryPartialFolder } from '../../test/memoryPartialFolder.ts'
import { partialFolderTable } from '../../test/partialFolderTable.ts'
import { nodePartialFolder } from './nodePartialFolder.ts'
import { partialFolder as opfsPartialFolder } from './opfs/partials.ts'

let scratch = ''
let made = 0
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tabtune-'))
})
afterAll(() => rm(scratch, { recursive: true }))
const fresh = () => {
  made += 1
  return join(scratch, String(made))
}

partialFolderTable('in memory', async () => {
  const folder = memoryPartialFolder('m')
  return { folder, again: async () => folder }
})

partialFolderTable('on a disk', async () => {
  const path = fresh()
  return { folder: nodePartialFolder(path), again: async () => nodePartialFolder(path) }
})

for (const ways of ['sync', 'swap', 'copy'] as const) {
  partialFolderTable(`on the shelf, written by ${ways}`, async () => {
    const { root } = memoryDisk(ways)
    const places = {
      files: await root.getDirectoryHandle('files', { create: true }),
      notes: await root.getDirectoryHandle('notes', { create: true }),
    }
    const open = () => opfsPartialFolder('m', places, async () => ({}))
    return { folder: open(), again: async () => open() }
  })
}

it('a disk holds nothing of its own when all is whole', async () => {
  const path = fresh()
  const folder = nodePartialFolder(path)
  await folder.begin('a', { url: '', bytes: 0, checksum: '', etag: null })
  await (await folder.open('a')).finish()
  expect(await readdir(path)).toEqual(['a'])
})

it('a note that was cut off belongs to no file, and a path that leads out of the folder is refused', async () => {
  const path = fresh()
  const folder = nodePartialFolder(path)
  await folder.begin('a', { url: '', bytes: 9, checksum: '', etag: null })
  await writeFile(join(path, '.tabtune-download', 'a.json'), '{"url":')
  expect(await folder.partials()).toEqual([])
  await expect(folder.open('a')).rejects.toThrow()
  for (const out of ['../b', '/b', 'c/../../b', 'c\\b', ''])
    await expect(folder.begin(out, { url: '', bytes: 0, checksum: '', etag: null })).rejects.toThrow()
})
