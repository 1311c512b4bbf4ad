// The learning rates of transformers' schedulers, against their formulas (optimization.py, transformers 4.47.1).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { learningRateAt } from './schedule.ts'

const rates = (total: number, settings: { lr_scheduler_type: 'linear' | 'cosine' | 'constant'; warmup_steps: number }) =>
  Array.from({ length: total }, (_, at) => learningRateAt(at + 1, total, { learning_rate: 0.8, ...settings }))

/** Equal but for the last bits of float64. */
function expectRates(got: readonly number[], want: readonly number[]): void {
  expect(got.length).toBe(want.length)
  want.forEach((rate, at) => {
    expect(got[at]).toBeCloseTo(rate, 12)
  })
}

it('falls linearly from the peak in the first step; the step after the last would be 0', () => {
  expectRates(rates(4, { lr_scheduler_type: 'linear', warmup_steps: 0 }), [0.8, 0.6, 0.4, 0.2])
})

it('rises from 0 while it warms up, then falls', () => {
  expectRates(rates(6, { lr_scheduler_type: 'linear', warmup_steps: 2 }), [0, 0.4, 0.8, 0.6, 0.4, 0.2])
})

it('falls along half a cosine', () => {
  const half = (progress: number) => 0.8 * 0.5 * (1 + Math.cos(Math.PI * progress))
  expectRates(rates(4, { lr_scheduler_type: 'cosine', warmup_steps: 0 }), [0, 1 / 4, 2 / 4, 3 / 4].map(half))
  expectRates(rates(5, { lr_scheduler_type: 'cosine', warmup_steps: 1 }), [0, ...[0, 1 / 4, 2 / 4, 3 / 4].map(half)])
})

it('stays constant, and then has no warm-up, as the schedule of that name', () => {
  expectRates(rates(3, { lr_scheduler_type: 'constant', warmup_steps: 2 }), [0.8, 0.8, 0.8])
})

it.each(['linear', 'cosine'] as const)('is never negative and never divides by zero: %s', (lr_scheduler_type) => {
  expectRates(rates(2, { lr_scheduler_type, warmup_steps: 2 }), [0, 0.4])
  expectRates(rates(2, { lr_scheduler_type, warmup_steps: 4 }), [0, 0.2])
  expect(learningRateAt(9, 4, { learning_rate: 0.8, lr_scheduler_type, warmup_steps: 0 })).toBeGreaterThanOrEqual(0)
})

describe('the rates that Trainer used', () => {
  const folder = join(import.meta.dirname, '../../test/golden/qwen2-tiny')
  const curve: { step: number; learning_rate_used: number }[] = JSON.parse(readFileSync(join(folder, 'curve.json'), 'utf8'))
  const { learning_rate }: { learning_rate: number } = JSON.parse(readFileSync(join(folder, 'train_config.json'), 'utf8'))

  it.each(curve)('in step $step', ({ step, learning_rate_used }) => {
    const settings = { learning_rate, lr_scheduler_type: 'linear', warmup_steps: 0 } as const
    expect(learningRateAt(step, curve.length, settings)).toBeCloseTo(learning_rate_used, 15)
  })
})
