// The file must be readable by any spreadsheet, also where the loss was no number.

import { expect, test } from 'vitest'
import { historyCsv } from './historyCsv.ts'

test('one line a step under Trainer’s names; what is not finite is empty', () => {
  const step = {
    step: 1,
    epoch: 0.5,
    loss: Number.NaN,
    gradNorm: 1.5,
    learningRate: 5e-5,
    tokensPerSecond: 100,
    stepMs: 12,
    bytesHeld: 1,
  }
  expect(historyCsv([step])).toBe(
    'step,epoch,loss,grad_norm,learning_rate,tokens_per_second,step_ms\r\n1,0.5,,1.5,0.00005,100,12\r\n',
  )
})

test('no steps, only the heads', () => {
  expect(historyCsv([]).split('\r\n')).toHaveLength(2)
})
