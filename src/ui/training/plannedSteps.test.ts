// The numbers of Trainer: ceil of batches, ceil of windows, ceil of epochs times steps.

import { expect, test } from 'vitest'
import { presets } from '../../config/presets.ts'
import { plannedSteps } from './plannedSteps.ts'

test('the article: 24 records, batch 2, 10 epochs', () => {
  expect(plannedSteps(24, presets.article)).toEqual({ stepsPerEpoch: 12, totalSteps: 120, epochs: 10 })
})

test('a last batch and a last window that are not full count as one', () => {
  expect(plannedSteps(25, { ...presets.article, gradient_accumulation_steps: 4 }).stepsPerEpoch).toBe(4)
})

test('max_steps decides where it is set', () => {
  expect(plannedSteps(24, { ...presets.article, max_steps: 30 })).toEqual({ stepsPerEpoch: 12, totalSteps: 30, epochs: 2.5 })
})

test('half an epoch is rounded up to a step', () => {
  expect(plannedSteps(3, { ...presets.article, num_train_epochs: 0.5, per_device_train_batch_size: 1 }).totalSteps).toBe(2)
})
