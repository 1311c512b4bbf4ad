// The rule that picks a backend, as a table, free of devices.

import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../problem/problem.ts'
import { decide, type Found } from './start.ts'

const gpu: Found = { kind: 'adapter', software: false }
const software: Found = { kind: 'adapter', software: true }
const none: Found = { kind: 'none' }
const noWebGpu: Found = { kind: 'no-webgpu' }

describe('decide', () => {
  it.each([
    ['a real GPU beats wasm', 'auto', gpu, true, 'webgpu', 'gpu-found'],
    ['a real GPU beats cpu', 'auto', gpu, false, 'webgpu', 'gpu-found'],
    ['wasm beats a software GPU', 'auto', software, true, 'wasm', 'gpu-is-software'],
    ['no adapter', 'auto', none, true, 'wasm', 'no-adapter'],
    ['no WebGPU', 'auto', noWebGpu, true, 'wasm', 'no-webgpu'],
    ['neither adapter nor SIMD', 'auto', none, false, 'cpu', 'no-wasm-simd'],
    ['software GPU, no SIMD', 'auto', software, false, 'cpu', 'no-wasm-simd'],
    ['a person may ask for a software GPU', 'webgpu', software, true, 'webgpu', 'asked-for'],
    ['a person may refuse a GPU', 'wasm', null, true, 'wasm', 'asked-for'],
    ['a person may ask for the slowest', 'cpu', null, true, 'cpu', 'asked-for'],
  ] as const)('%s', (_name, choice, found, simd, backend, reason) => {
    expect(decide(choice, found, simd)).toEqual({ backend, reason })
  })

  it.each([
    ['no adapter', none, 'no adapter was found'],
    ['no WebGPU', noWebGpu, 'this browser or Node has no WebGPU'],
  ])('webgpu asked for, %s: a problem that says so', (_name, found, reason) => {
    let thrown: unknown = null
    try {
      decide('webgpu', found, true)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ProblemError)
    expect(thrown).toMatchObject({ problem: { code: 'run.backend', values: { backend: 'webgpu', reason } } })
  })
})
