// What every folder that holds unfinished downloads must do alike, wherever it lies. Each implementation runs this table in a test of its own.

import { describe, expect, it } from 'vitest'
import type { PartialFolder, PartialNote } from '../src/storage/partialFolder.ts'

const note = (bytes: number, more: Partial<PartialNote> = {}): PartialNote => ({
  url: 'https://hub.example/a',
  bytes,
  checksum: 'sha256:00',
  etag: null,
  ...more,
})
const bytesOf = (...values: readonly number[]) => Uint8Array.from(values)

/** @param open an empty folder of its own, and a way to open the same folder once more, as a later process would */
export function partialFolderTable(
  name: string,
  open: () => Promise<{ folder: PartialFolder; again: () => Promise<PartialFolder> }>,
) {
  describe(name, () => {
    it('shows a file only when it is whole', async () => {
      const { folder } = await open()
      await folder.begin('deep/a b.bin', note(3))
      expect(await folder.list()).toEqual([])
      const file = await folder.open('deep/a b.bin')
      await file.append(0, bytesOf(1, 2))
      await file.append(2, bytesOf(3))
      expect(await file.read(1, 3)).toEqual(bytesOf(2, 3))
      expect(await folder.list()).toEqual([])
      await file.finish()
      expect(await folder.list()).toEqual([{ path: 'deep/a b.bin', bytes: 3 }])
      expect(await folder.read('deep/a b.bin', 0, 3)).toEqual(bytesOf(1, 2, 3))
      expect(await folder.partials()).toEqual([])
    })

    it('keeps what it holds for a later process, with its note', async () => {
      const { folder, again } = await open()
      await folder.begin('a', note(4))
      const file = await folder.open('a')
      await file.append(0, bytesOf(1, 2))
      await file.setNote(note(4, { etag: '"e"' }))
      await file.close()
      const later = await again()
      expect(await later.partials()).toEqual([{ path: 'a', held: 2, note: note(4, { etag: '"e"' }) }])
      const resumed = await later.open('a')
      expect(await resumed.read(0, 2)).toEqual(bytesOf(1, 2))
      await resumed.append(2, bytesOf(3, 4))
      await resumed.finish()
      expect(await later.read('a', 0, 4)).toEqual(bytesOf(1, 2, 3, 4))
    })

    it('leaves what was whole until the new file is', async () => {
      const { folder } = await open()
      for (const value of [1, 2]) {
        await folder.begin('a', note(1))
        if (value === 2) expect(await folder.read('a', 0, 1)).toEqual(bytesOf(1))
        const file = await folder.open('a')
        await file.append(0, bytesOf(value))
        await file.finish()
      }
      expect(await folder.read('a', 0, 1)).toEqual(bytesOf(2))
    })

    it('refuses a gap, a file that was not begun, a second writer, and a file that is not whole', async () => {
      const { folder } = await open()
      await expect(folder.open('a')).rejects.toThrow()
      await folder.begin('a', note(3))
      const file = await folder.open('a')
      await expect(folder.open('a')).rejects.toThrow()
      await expect(file.append(1, bytesOf(9))).rejects.toThrow()
      await file.append(0, bytesOf(1))
      await expect(file.finish()).rejects.toThrow()
      expect(await folder.list()).toEqual([])
      expect(await folder.partials()).toMatchObject([{ path: 'a', held: 1 }])
    })

    it('begins anew from the first byte, and discards', async () => {
      const { folder } = await open()
      await folder.begin('a', note(2))
      const file = await folder.open('a')
      await file.append(0, bytesOf(1))
      await file.close()
      await folder.begin('a', note(2, { checksum: 'sha256:11' }))
      expect(await folder.partials()).toEqual([{ path: 'a', held: 0, note: note(2, { checksum: 'sha256:11' }) }])
      await folder.discard('a')
      await folder.discard('a')
      expect(await folder.partials()).toEqual([])
    })

    it('says what room there is, or that it does not know', async () => {
      const { folder } = await open()
      const room = await folder.room()
      expect(room === null || room > 0).toBe(true)
    })
  })
}
