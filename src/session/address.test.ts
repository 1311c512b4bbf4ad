// The address and what it names are each other's inverse; anything else names the first step.

import { expect, test } from 'vitest'
import { readAddress, sayAddress, steps } from './address.ts'

test('what is said is read', () => {
  for (const step of steps.filter((each) => each !== 'runs')) {
    for (const record of [null, 1, 10_000]) {
      for (const setting of [null, 'max_length'] as const)
        expect(readAddress(sayAddress({ step, record, setting }))).toEqual({ step, record, setting, run: null })
    }
  }
})

test('a run of before is named by its entry', () => {
  for (const run of [null, '0d9f6b4e-5a0c-4c1b-9a50-0b8a2f6f2f11']) {
    const address = { step: 'runs', record: null, setting: null, run } as const
    expect(readAddress(sayAddress(address))).toEqual(address)
  }
  expect(readAddress('#/runs/<b>').run).toBeNull()
})

test.each(['', '#', '#/', '#/nowhere', '#/data/0', '#/data/-1', '#/data/x', '#/data/1.5', '#/data/toString'])(
  '%s opens the step Data',
  (hash) => {
    expect(readAddress(hash)).toEqual({ step: 'data', record: null, setting: null, run: null })
  },
)
