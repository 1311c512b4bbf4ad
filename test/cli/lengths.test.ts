// How long records are, what a length limit costs, and packing, on the command line.

import { beforeAll, expect, it } from 'vitest'
import { jsonOf, poems, tabtune, workplace } from './tabtune.ts'

const place = workplace()
let model = ''
let data = ''
beforeAll(async () => {
  model = await place.model('model')
  data = place.json('poems.json', poems)
})

it('inspect with a model says what the limit cuts or drops, and how packing would fill rows', async () => {
  const [whole] = await jsonOf(['inspect', data, '--model', model])
  const { tokens, longest } = Object(Object(whole).lengths)
  expect(whole).toMatchObject({
    kind: 'dataset',
    lengths: { records: 3, limit: 96, overlong: { records: 0, learnedIfCut: 0, learnedIfDropped: 0 } },
    packing: { rows: 2, rowLength: longest },
  })
  const [cut] = await jsonOf(['inspect', data, '--model', model, '--max-length', '4'])
  const { overlong, histogram } = Object(Object(cut).lengths)
  expect(overlong).toMatchObject({ records: 3 })
  expect(overlong.learnedIfCut).toBeLessThanOrEqual(overlong.learnedIfDropped)
  expect(histogram.reduce((sum: number, bin: { overlong: number }) => sum + bin.overlong, 0)).toBe(3)
  const [packed] = await jsonOf(['inspect', data, '--model', model, '--max-length', String(tokens)])
  expect(packed).toMatchObject({ packing: { rows: 1, rowLength: tokens } })
})

it('preview and inspect say it in words', async () => {
  const [preview, inspect] = await Promise.all([
    tabtune(['preview', '--model', model, '--data', data, '--max-length', '4']),
    tabtune(['inspect', data, '--model', model, '--max-length', '4']),
  ])
  for (const { status, out } of [preview, inspect]) {
    expect(status).toBe(0)
    expect(out).toMatch(/3 records of \d+ tokens, \d+ of them learned, the longest has 4\n/)
    expect(out).toMatch(/at most 4 tokens: 3 are longer: cut, they lose \d+ learned tokens; dropped, \d+\n/)
  }
  expect(inspect.out).toMatch(/packed into rows of at most 4 tokens: 3\n.*≤/)
})

it('train packs where the settings say so', async () => {
  const settings = place.json('packed.json', { packing: true, max_length: 64, num_train_epochs: 2 })
  const lines = await jsonOf(['train', '--model', model, '--data', data, '--config', settings, '--out', place.path('packed')])
  expect(lines.length).toBe(3)
  expect(lines[2]).toMatchObject({ done: true, steps: 2, records: 3, rows: 1 })
})
