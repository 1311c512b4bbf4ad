// train with held-out records: a line of their loss after each epoch, from a part of the data or a file of their own, and the history saved.

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { jsonOf, refusalOf, tabtune, workplace } from './tabtune.ts'

const place = workplace()
const number = expect.any(Number)
const records = ['12', '345', '678', '9a', 'bcd', 'ef'].map((label, at) => ({ instruct: `${at}: `, input: 'sun', label }))
const config = { num_train_epochs: 3, per_device_train_batch_size: 2, learning_rate: 1e-2 }

let model = ''
let data = ''
beforeAll(async () => {
  model = await place.model('model')
  data = place.json('records.json', records)
})
const train = (out: string, settings: object, more: readonly string[] = []) => [
  ...['train', '--model', model, '--data', data, '--out', place.path(out)],
  ...['--config', place.json(`${out}.json`, settings), ...more],
]

describe('train', () => {
  it('tells the loss of the part that is held out behind each epoch', async () => {
    const lines = await jsonOf(train('part', { ...config, eval_strategy: 'epoch', test_size: 2, load_best_model_at_end: true }))
    expect(lines.length).toBe(3 * 3 + 1)
    expect(lines[0]).toMatchObject({ step: 1, loss: number })
    expect(lines[2]).toEqual({ step: 2, epoch: 1, evalLoss: number })
    expect(lines[8]).toEqual({ step: 6, epoch: 3, evalLoss: number })
    expect(lines[9]).toMatchObject({ done: true, steps: 6, heldOut: 2, best: { evalLoss: number, restored: true } })
    const state: unknown = JSON.parse(readFileSync(place.path('part/trainer_state.json'), 'utf8'))
    expect(state).toMatchObject({ best_metric: number, log_history: { length: 9 } })
  })

  it('takes held-out records from a file, in words', async () => {
    const file = place.json('held.json', records.slice(0, 3))
    const { status, out, err } = await tabtune(train('file', config, ['--eval-data', file]))
    expect(status).toBe(0)
    expect(err).toContain('3 records')
    expect(out).toMatch(/epoch 1: mean loss [\d.]+, held-out loss [\d.]+/)
    expect(out).toMatch(/held-out loss lowest after epoch \d/)
    expect(out).toContain('step 9/9')
  })

  it('refuses settings that need held-out records where there are none', async () => {
    expect(await refusalOf(train('none', { ...config, early_stopping_patience: 2 }), 1)).toContain('early_stopping_patience')
  })
})
