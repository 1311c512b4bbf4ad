// Kernels that are there and as new as their sources are left alone: what runs at every start must cost nothing.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { buildKernels } from './build.mjs'

const binaries = ['plain', 'relaxed'].map((name) => join(import.meta.dirname, '..', '..', 'dist', 'kernels', `${name}.wasm`))

it('compiles nothing twice', async () => {
  await buildKernels()
  const made = binaries.map((file) => statSync(file).mtimeMs)
  await buildKernels()
  expect(binaries.map((file) => statSync(file).mtimeMs)).toEqual(made)
})
