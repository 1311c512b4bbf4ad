// A name from somebody's disk must not become a command.

import { expect, test } from 'vitest'
import { shellWord, trainCommand } from './commandLine.ts'

test('the command that does the same run', () => {
  const parts = {
    model: 'public/models/tabtune-poet',
    adapter: null,
    data: 'poems.zh.json',
    config: 'settings.json',
    out: 'tuned',
  }
  expect(trainCommand(parts)).toBe(
    'npm run -s tabtune -- train --model public/models/tabtune-poet --data poems.zh.json --config settings.json --out tuned',
  )
  expect(trainCommand({ ...parts, adapter: 'my adapter' })).toContain(" --adapter 'my adapter' --data ")
})

test('what a shell would take apart is quoted', () => {
  expect(shellWord('my poems.json')).toBe("'my poems.json'")
  expect(shellWord("a'b; rm -rf $HOME")).toBe(`'a'\\''b; rm -rf $HOME'`)
  expect(shellWord('')).toBe("''")
  expect(shellWord('诗.json')).toBe('诗.json')
})

test('a name that looks like an option stays a name', () => {
  expect(shellWord('--json')).toBe('./--json')
})
