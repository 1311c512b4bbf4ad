// The forecast follows the settings: asked once a frame, the last answer taken, and the nearest settings that fit are one press away.

import { beforeEach, expect, test, vi } from 'vitest'
import { summaryWith } from '../../test/modelSummary.ts'
import type { Settings } from '../config/settings.ts'
import type { MemoryReport } from '../protocol/model.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
const parts = { weights: 1, gradients: 1, optimizer: 2, activations: 1, workspace: 1, copies: 1 }
const reportOf = (settings: Settings): MemoryReport => ({
  memory: { ...parts, activations: settings.per_device_train_batch_size },
  rows: settings.per_device_train_batch_size,
  length: 8,
  checkpointing: settings.gradient_checkpointing,
  allowed: null,
  problem: null,
  nearest: {
    lora: null,
    per_device_train_batch_size: 1,
    gradient_accumulation_steps: 4,
    gradient_checkpointing: true,
    max_length: null,
  },
})

async function load() {
  const [forecast, settings, backend, model] = await Promise.all([
    import('./forecast.ts'),
    import('./settings.ts'),
    import('./backend.ts'),
    import('./model.ts'),
  ])
  return { ...forecast, ...settings, ...backend, ...model }
}
let stores: Awaited<ReturnType<typeof load>>
let asked: Settings[] = []

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./door.ts', async () => {
    const { createClient } = await import('./client.ts')
    return createClient(() => fake.start())
  })
  asked = []
  fake.handlers = {
    chooseBackend: async () => ({
      backend: 'wasm',
      engine: 'plan',
      reason: 'asked-for',
      adapter: '',
      threads: 1,
      threadsRefused: '',
      isolated: false,
    }),
    openModel: async () => summaryWith(),
    forecastRun: async ({ settings }) => {
      asked.push(settings)
      return reportOf(settings)
    },
  }
  stores = await load()
  stores.followForecast()
  await stores.chooseBackend('wasm')
  await stores.openModel({ kind: 'embedded' })
})

const rowsAre = (rows: number) => vi.waitFor(() => expect(stores.forecast.get().report?.rows).toBe(rows))

test('is asked again when a setting that matters has changed, and not for another', async () => {
  await rowsAre(stores.settings.get().settings.per_device_train_batch_size)
  const before = asked.length
  for (const rows of [5, 6, 7]) stores.changeSetting('per_device_train_batch_size', rows)
  await rowsAre(7)
  // Three changes in one frame are one question.
  expect(asked.length).toBe(before + 1)
  stores.changeSetting('learning_rate', 0.5)
  stores.changeSetting('per_device_train_batch_size', 8)
  await rowsAre(8)
  expect(asked.length).toBe(before + 2)
})

test('takes the nearest settings that fit', async () => {
  await vi.waitFor(() => expect(stores.forecast.get().report).not.toBe(null))
  expect(stores.takeNearest()).toBe(true)
  expect(stores.settings.get().settings).toMatchObject({ per_device_train_batch_size: 1, gradient_accumulation_steps: 4 })
  await rowsAre(1)
})
