// The house check itself: that it sees each fault, and that a file without one passes.

import { expect, it } from 'vitest'
import { faultsOf } from './checkHouse.mjs'

const opened = '// Says what it is for.\n'

it('lets a short file with an opening comment pass', () => {
  expect(faultsOf('src/a.ts', `${opened}export const a = 1\n`)).toEqual([])
  expect(faultsOf('src/a.css', '/* Says what it is for. */\n')).toEqual([])
  expect(faultsOf('tools/a.mjs', `#!/usr/bin/env node\n${opened}`)).toEqual([])
  expect(faultsOf('docs/a.md', 'Put it into ./root/here, see src/home/door.ts.\n')).toEqual([])
})

it.each([
  ['no opening comment', 'src/a.ts', 'export const a = 1\n', /opens? with a comment/],
  ['an empty opening comment', 'src/a.ts', '//\nexport const a = 1\n', /opens? with a comment/],
  ['401 lines', 'src/a.ts', opened.repeat(401), /401 lines/],
  ['a path of one machine', 'docs/a.md', 'first\nsee /home/me/file\n', /line 2 names a folder/],
  ['a registry', 'package-lock.json', '"resolved": "https://example.org/a.tgz"', /line 1 names the registry/],
  ['a note for later', 'src/a.ts', `${opened}// TODO: finish\n`, /line 2 keeps a note/],
  ['a check turned off', 'src/a.ts', `${opened}// @ts-ignore\n`, /line 2 turns a check off/],
])('sees %s', (_, path, content, fault) => {
  expect(faultsOf(path, content)).toEqual([expect.stringMatching(fault)])
})

it('takes 400 lines', () => {
  expect(faultsOf('src/a.ts', opened.repeat(400))).toEqual([])
})
