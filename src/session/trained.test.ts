// How much a run trains, as the form says it.

import { expect, test } from 'vitest'
import { summaryWith } from '../../test/modelSummary.ts'
import { defaultLora } from '../config/settings.ts'
import { trainedParameters } from './trained.ts'

const model = summaryWith()

test('all weights, or r × (inputs + outputs) of each layer with an adapter', () => {
  expect(trainedParameters(model, null)).toBe(1000)
  expect(trainedParameters(model, { ...defaultLora, r: 4, target_modules: ['q_proj', 'v_proj'] })).toBe(4 * (16 + 12))
  expect(trainedParameters(model, { ...defaultLora, r: 1 })).toBe(16 + 12 + 12 + 16 + 32 + 32 + 32)
  expect(trainedParameters(model, { ...defaultLora, target_modules: [] })).toBe(0)
})
