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

test('reads a run that was kept before anything was held out or packed', () => {
  const { tuned, ...run } = keptRun
  const { rows: _rows, heldOut: _heldOut, ...plan } = tuned.plan ?? { rows: 0, heldOut: null }
  const { best: _best, ...summary } = tuned.summary
  const epochs = [{ epoch: 1, meanLoss: 2, seconds: 0.1 }]
  const read = readKeptRun(JSON.stringify({ ...run, tuned: { ...tuned, plan, summary, epochs } }))
  expect(read.tuned.plan).toMatchObject({ records: 3, rows: 3, heldOut: null })
  expect(read.tuned.summary.best).toBe(null)
  expect(read.tuned.epochs).toEqual([
    { epoch: 1, step: 0, meanLoss: 2, evalLoss: null, seconds: 0.1, evalSeconds: 0, partedFrom: null },
  ])
})
