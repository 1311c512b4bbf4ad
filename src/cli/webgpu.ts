// WebGPU in Node: Dawn, from the npm package `webgpu`. Loaded only when it is asked for, because it looks for a graphics driver.

import { ProblemError } from '../problem/problem.ts'

/** Timestamps as the device has them: rounded to 65 µs, as pages get them, most kernels take no time at all. */
const flags = ['disable-dawn-features=timestamp_quantization']

/** Gives this process a `navigator.gpu`. Without the package: a problem if it is `needed`, else nothing. */
export async function installWebGpu(needed: boolean): Promise<void> {
  try {
    const { create, globals } = await import('webgpu')
    Object.assign(globalThis, globals)
    Object.defineProperty(globalThis.navigator ?? defineNavigator(), 'gpu', { value: create(flags), configurable: true })
  } catch (error) {
    if (!needed) return
    const reason = `Dawn did not load (${error instanceof Error ? error.message : String(error)})`
    throw new ProblemError({ code: 'run.backend', values: { backend: 'webgpu', reason }, where: '' })
  }
}

/** Node has a navigator from version 21 on. */
function defineNavigator(): object {
  const navigator = {}
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
  return navigator
}
