// What does not fit is refused before it starts, with the nearest settings that would.

import { beforeEach, describe, expect, it } from 'vitest'
import { type OpenedStudio, quietly, sourceOf, testStudio, tinyFolderFiles, useRecords } from '../../test/studio.ts'
import { instruct, settingsWith } from '../../test/tinyModel.ts'
import { defaultLora } from '../config/settings.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { forecastRun } from './fitting.ts'

let opened: OpenedStudio
const target = cpuTarget(inlinedKernels, 1)
const settings = settingsWith({ per_device_train_batch_size: 8, max_length: 96, gradient_accumulation_steps: 2 })
const machineOf = (changed: Partial<typeof settings>) => {
  const { memory } = forecastRun(opened.studio, { ...settings, ...changed }, { target })
  const { copies, ...machine } = memory
  // What was before the last step is the machine's, what is handed back and the file are not.
  return Object.values(machine).reduce((sum, bytes) => sum + bytes, 0) + (changed.lora ? memory.gradients : memory.weights)
}
const within = (largestBytes: number, changed: Partial<typeof settings> = {}) =>
  forecastRun(opened.studio, { ...settings, ...changed }, { target: { ...target, largestBytes } })

beforeEach(async () => {
  opened = testStudio()
  await opened.handlers.chooseBackend({ choice: 'wasm' }, quietly())
  await opened.handlers.openModel({ source: sourceOf('tiny', await tinyFolderFiles()) }, quietly())
})

describe('what does not fit', () => {
  it('is told with the bytes that are wanted and those that there can be', () => {
    const needed = machineOf({ gradient_checkpointing: true })
    expect(within(needed)).toMatchObject({ problem: null, nearest: null, allowed: needed, rows: 8, length: 96 })
    expect(within(needed - 1).problem).toMatchObject({ code: 'run.too-large', values: { needed, allowed: needed - 1 } })
  })

  it('would fit with smaller batches of which more are accumulated', () => {
    const allowed = machineOf({ gradient_checkpointing: true, per_device_train_batch_size: 2 })
    expect(within(allowed).nearest).toMatchObject({
      lora: null,
      per_device_train_batch_size: 2,
      gradient_accumulation_steps: 8,
      gradient_checkpointing: true,
      max_length: 96,
    })
  })

  it('would fit with an adapter in the place of all weights, or not at all', () => {
    // One of rank 8 is larger than this model; its target modules are few.
    const lora = { ...defaultLora, r: 1, target_modules: ['q_proj'] }
    const allowed = machineOf({ lora, gradient_checkpointing: true, per_device_train_batch_size: 1 })
    expect(within(allowed, { lora }).nearest).toMatchObject({ lora, per_device_train_batch_size: 1 })
    expect(within(allowed - 1, { lora }).nearest).toBe(null)
    expect(within(1000)).toMatchObject({ nearest: null, problem: { values: { batch: 0 } } })
  })
})

it('is of the longest rows of the records in use, where there are some', async () => {
  expect(forecastRun(opened.studio, settings)).toMatchObject({ rows: 8, length: 96 })
  await useRecords(opened, [instruct('a: ', 'b', ' c'), instruct('a: ', 'bb bb', ' c')])
  await opened.handlers.preview({ mask: 'prefix', max_length: 96, overlong: 'truncate', heldOut: null, chat: null }, quietly())
  const { rows, length } = forecastRun(opened.studio, settings)
  expect(rows).toBe(2)
  expect(length).toBeLessThan(20)
})
