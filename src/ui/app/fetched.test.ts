// What is fetched when it is wanted: once, again only after a failure, and for good once it is there.

import { expect, test, vi } from 'vitest'
import { fetched } from './fetched.ts'

test('nothing is fetched before it is wanted, and then once, however often it is asked for', async () => {
  const load = vi.fn(async () => 'step')
  const step = fetched(load)
  expect(step.state.get()).toEqual({ status: 'waiting' })
  expect(load).not.toHaveBeenCalled()
  step.fetch()
  step.fetch()
  expect(step.state.get()).toEqual({ status: 'fetching' })
  await vi.waitFor(() => expect(step.state.get()).toEqual({ status: 'here', value: 'step' }))
  step.fetch()
  expect(step.state.get()).toEqual({ status: 'here', value: 'step' })
  expect(load).toHaveBeenCalledTimes(1)
})

test('after a failure it is fetched again when asked, and not by itself', async () => {
  let up = false
  const load = vi.fn(async () => {
    if (!up) throw new TypeError('Failed to fetch dynamically imported module')
    return 'step'
  })
  const step = fetched(load)
  step.fetch()
  await vi.waitFor(() => expect(step.state.get()).toEqual({ status: 'failed', failures: 1 }))
  step.fetch()
  await vi.waitFor(() => expect(step.state.get()).toEqual({ status: 'failed', failures: 2 }))
  up = true
  expect(load).toHaveBeenCalledTimes(2)
  step.fetch()
  await vi.waitFor(() => expect(step.state.get()).toEqual({ status: 'here', value: 'step' }))
})
