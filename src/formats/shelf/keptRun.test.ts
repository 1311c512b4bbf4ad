// What is written of a run is read again as it was, and what another version wrote is refused by name, never half-read.

import { expect, test } from 'vitest'
import { keptRun } from '../../../test/keptRun.ts'
import { readAbout } from './about.ts'
import { readKeptRun, writeKeptRun } from './keptRun.ts'

test('a run is the same again, with losses that were no numbers', () => {
  expect(readKeptRun(writeKeptRun(keptRun))).toEqual(keptRun)
})

test.each([
  ['no JSON', 'not json', /JSON/],
  ['another thing', '[]', /^run: /],
  ['a step without its loss', writeKeptRun(keptRun).replace('"loss":2.5,', ''), /tuned\.steps\.0\.loss/],
  ['a setting of a later version', writeKeptRun(keptRun).replace('"seed":', '"sprout":'), /sprout/],
])('%s is refused with its place', (_, text, fault) => {
  expect(() => readKeptRun(text)).toThrow(fault)
})

test('what is known of an entry is one of four kinds, whole', () => {
  expect(readAbout({ kind: 'dataset', records: 3, more: 1 })).toEqual({ kind: 'dataset', records: 3 })
  for (const value of [null, {}, { kind: 'poem' }, { kind: 'dataset' }, { kind: 'model', parameters: 3 }])
    expect(readAbout(value)).toBeNull()
})
