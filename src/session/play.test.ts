// Writing into panes, over real message channels: what arrives, what is stopped, what is kept.

import { beforeEach, expect, test, vi } from 'vitest'
import { ProblemError } from '../problem/problem.ts'
import { createFakeWorker } from './runFakeWorker.ts'

const fake = createFakeWorker()
let playground: typeof import('./play.ts')

const words = { instruct: 'Write:', input: ' of rain', label: '', record: null }

beforeEach(async () => {
  vi.resetModules()
  vi.doMock('./door.ts', async () => {
    const { createClient } = await import('./client.ts')
    return createClient(() => fake.start())
  })
  fake.handlers = {}
  playground = await import('./play.ts')
})

test('every slot writes from both prompts in one call', async () => {
  const asked: unknown[] = []
  fake.handlers.generate = async ({ panes }, { tell }) => {
    asked.push(...panes)
    panes.forEach((_, pane) => {
      tell({ pane, text: 'ra', tokens: 1 })
    })
    return { panes: panes.map((_, pane) => ({ text: `rain ${pane}`, ids: [1, 2], stopped: 'end-token' })), tokensPerSecond: 12 }
  }
  playground.playPrompt(words)
  await playground.write(['base', 'tuned'])
  expect(asked).toEqual([
    { slot: 'base', prompt: 'Write:' },
    { slot: 'base', prompt: 'Write: of rain' },
    { slot: 'tuned', prompt: 'Write:' },
    { slot: 'tuned', prompt: 'Write: of rain' },
  ])
  const { panes, status, tokensPerSecond } = playground.play.get()
  expect(status).toBe('done')
  expect(tokensPerSecond).toBe(12)
  expect(panes.map(({ text }) => text)).toEqual(['rain 0', 'rain 1', 'rain 2', 'rain 3'])
})

test('a model with a template is asked in turns where that is chosen, behind the system line', async () => {
  const { model } = await import('./model.ts')
  const { summaryWith } = await import('../../test/modelSummary.ts')
  const asked: unknown[] = []
  fake.handlers.generate = async ({ panes }) => {
    asked.push(...panes.map(({ prompt }) => prompt))
    return { panes: panes.map(() => ({ text: '', ids: [], stopped: 'length' })), tokensPerSecond: 1 }
  }
  playground.playPrompt({ ...words, input: '' })
  playground.chooseForm({ system_prompt: 'Be brief.' })
  await playground.write(['base'])
  vi.spyOn(model, 'get').mockReturnValue({ ...model.get(), summary: { ...summaryWith(), hasChatTemplate: true } })
  await playground.write(['base'])
  playground.chooseForm(null)
  await playground.write(['base'])
  expect(asked).toEqual([
    // A model without a template can be asked in one way only.
    'Write:',
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Write:' },
      ],
    },
    'Write:',
  ])
})

test('stopped writing keeps what was written', async () => {
  fake.handlers.generate = (_, { tell, signal }) => {
    tell({ pane: 0, text: 'half', tokens: 1 })
    return new Promise((_resolve, reject) => {
      const cancelled = new ProblemError({ code: 'run.cancelled', values: { what: 'generate' }, where: '' })
      signal.addEventListener('abort', () => reject(cancelled))
    })
  }
  playground.playPrompt(words)
  const over = playground.write(['base'])
  await vi.waitFor(() => expect(playground.play.get().panes[0]?.text).toBe('half'))
  playground.stopWriting()
  await over
  expect(playground.play.get()).toMatchObject({ status: 'done', problem: null })
  expect(playground.play.get().panes[0]?.text).toBe('half')
})

test('another prompt while it writes: the late words of the first go nowhere', async () => {
  let finish: () => void = () => undefined
  fake.handlers.generate = ({ panes }) =>
    new Promise((resolve) => {
      finish = () => resolve({ panes: panes.map(() => ({ text: 'late', ids: [], stopped: 'length' })), tokensPerSecond: 1 })
    })
  playground.playPrompt(words)
  const over = playground.write(['base'])
  await vi.waitFor(() => expect(playground.play.get().status).toBe('writing'))
  playground.playPrompt({ ...words, instruct: 'Sing:' })
  finish()
  await over
  expect(playground.play.get()).toMatchObject({ status: 'idle', panes: [] })
})

test('a prompt without input has one row; a chat has only the whole', () => {
  expect(playground.rowsOf({ instruct: 'a', input: '', label: '' })).toEqual(['instruct'])
  expect(playground.rowsOf({ instruct: '', input: 'chat', label: '' })).toEqual(['both'])
})
