// Kernels that are there and as new as their sources are left alone: what runs at every start must cost nothing.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildKernels } from './build.mjs'

const made = ['plain.wasm', 'relaxed.wasm', 'thread.js'].map((name) => join(import.meta.dirname, '../../dist/kernels', name))

it('compiles nothing twice', async () => {
  await buildKernels()
  const times = made.map((file) => statSync(file).mtimeMs)
  await buildKernels()
  expect(made.map((file) => statSync(file).mtimeMs)).toEqual(times)
})
