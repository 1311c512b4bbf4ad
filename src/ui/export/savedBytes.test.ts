// The size that is promised is the size that is written.

import { expect, test } from 'vitest'
import { someAdapter, summaryWith } from '../../../test/modelSummary.ts'
import { defaultLora } from '../../config/settings.ts'
import { savedBytes, storedDtype } from './savedBytes.ts'

test('a whole model: its numbers in the dtype, and what goes along', () => {
  const model = summaryWith({ dtype: 'BF16' })
  expect(savedBytes(model, null, { kind: 'model', dtype: 'checkpoint' })).toBe(2100)
  expect(savedBytes(model, null, { kind: 'model', dtype: 'F32' })).toBe(4100)
  expect(savedBytes(model, null, { kind: 'model', dtype: 'F16' })).toBe(2100)
})

test('an adapter: A and B in F32; one that was open has its own ranks', () => {
  const lora = { ...defaultLora, r: 1, target_modules: ['q_proj'] }
  expect(savedBytes(summaryWith(), lora, { kind: 'adapter' })).toBe(64)
  expect(savedBytes(summaryWith({ adapter: someAdapter }), lora, { kind: 'adapter' })).toBe(448)
})

test('a checkpoint that cannot be written as it is becomes F32', () => {
  expect(['F32', 'BF16', 'F16', 'BF16, F32'].map((dtype) => storedDtype({ dtype }))).toEqual(['F32', 'BF16', 'F16', 'F32'])
})
