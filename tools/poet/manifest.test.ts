// The list of the embedded model's files is true: names and sizes as they are on disk, and all of it small enough to ship.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { manifestOf, modelFolder } from './manifest.ts'

it('files.json says what is there', async () => {
  expect(await readFile(join(modelFolder, 'files.json'), 'utf8')).toBe(await manifestOf(modelFolder))
})

it('takes at most 12 MB', async () => {
  const files: { bytes: number }[] = JSON.parse(await manifestOf(modelFolder))
  expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(12_000_000)
})
