// The figures of the form are the ones that the worker then plans with.

import { expect, test } from 'vitest'
import { summaryWith } from '../../test/modelSummary.ts'
import { defaultLora } from '../config/settings.ts'
import { memoryBeforeRun, trainedParameters } from './trained.ts'

const model = summaryWith()

test('all weights, or r × (inputs + outputs) of each layer with an adapter', () => {
  expect(trainedParameters(model, null)).toBe(1000)
  expect(trainedParameters(model, { ...defaultLora, r: 4, target_modules: ['q_proj', 'v_proj'] })).toBe(4 * (16 + 12))
  expect(trainedParameters(model, { ...defaultLora, r: 1 })).toBe(16 + 12 + 12 + 16 + 32 + 32 + 32)
  expect(trainedParameters(model, { ...defaultLora, target_modules: [] })).toBe(0)
})

test('what is frozen is held once and has no gradients', () => {
  expect(memoryBeforeRun(model, null, 'plan').weights).toBe(16_000)
  expect(memoryBeforeRun(model, { ...defaultLora, r: 1, target_modules: ['q_proj'] }, 'plan').weights).toBe(8000 + 3 * 64)
  expect(memoryBeforeRun(model, null, 'eager')).toEqual({ weights: 12_000, gradients: 4000, optimizer: 8000, activations: 0 })
  expect(memoryBeforeRun(model, { ...defaultLora, r: 1, target_modules: ['q_proj'] }, 'eager')).toEqual({
    weights: 4000 + 128,
    gradients: 64,
    optimizer: 128,
    activations: 0,
  })
})
