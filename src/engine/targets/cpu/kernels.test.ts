// What a binary of kernels must be, whatever its kernels compute: it asks for a memory and nothing else, has every kernel by its name,
// and leaves the memory as it is when it is started, because each thread starts it again on the memory that others work in.

import '../../../../test/setup/relaxedSimd.ts'
import { describe, expect, it } from 'vitest'
import { inlinedKernels } from './inlinedKernels.ts'
import { compileKernels, hasRelaxedSimd, kernelNames, loadKernels, RESERVED_BYTES, sharedMemory } from './kernels.ts'

describe.each(['plain', 'relaxed'] as const)('the %s binary', (binary) => {
  const isRelaxed = binary === 'relaxed'

  it.skipIf(isRelaxed && !hasRelaxedSimd())('wants a shared memory alone and has the kernels by name', async () => {
    const module = await compileKernels(inlinedKernels, isRelaxed)
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
    const functions = WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`)
    expect(functions.sort()).toEqual(kernelNames.map((name) => `function ${name}`).sort())
  })

  it.skipIf(isRelaxed && !hasRelaxedSimd())('writes nothing when it is started', async () => {
    const memory = sharedMemory(2 * RESERVED_BYTES, 4 * RESERVED_BYTES)
    new Uint8Array(memory.buffer).fill(0xa5)
    await loadKernels(memory, await compileKernels(inlinedKernels, isRelaxed))
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0xa5)).toBe(true)
  })
})

it('says which kernels a binary of other sources lacks', async () => {
  const empty = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))
  await expect(loadKernels(sharedMemory(RESERVED_BYTES, RESERVED_BYTES), empty)).rejects.toThrow('has no adamW, add,')
})
