// The device as a row of a test table: the same tests on every backend that this machine has.
// Where there is no Vulkan driver the rows of webgpu are skipped and say why; where CI is set a missing driver is a failure,
// so that nothing is skipped there unseen.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeGpu } from '../../../test/setup/webgpu.ts'
import type { BackendName } from '../../protocol/backend.ts'
import { currentBackend, startBackend } from '../backends/start.ts'
import { deviceFailure } from '../backends/webgpu.ts'

const missing = nodeGpu === null ? 'no Vulkan driver gives an adapter' : null
if (missing && process.env.CI) throw new Error(`webgpu cannot be tested: ${missing}`)

if (missing) console.warn(`Skipped on webgpu: ${missing}.`)

const backends: readonly BackendName[] = ['cpu', 'wasm', 'webgpu']

/** Declares `tests` once a backend. A device that reported an error fails them, whatever their results say. */
export function onEveryBackend(tests: (backend: BackendName) => void): void {
  for (const backend of backends) {
    const reason = backend === 'webgpu' ? missing : null
    describe.skipIf(reason !== null)(reason ? `${backend} (skipped: ${reason})` : backend, () => {
      beforeAll(async () => {
        await startBackend(backend, { wasmFiles: null, isolated: false })
      })
      tests(backend)
      it('ran on this backend, and its device reported no error', () => {
        expect(currentBackend()).toBe(backend)
      })
      afterAll(() => {
        expect(deviceFailure()).toBeNull()
      })
    })
  }
}
