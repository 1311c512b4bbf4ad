// Has the CPU kernels there before the bundler looks for them: page, tests and command line import them from dist/kernels.

import type { Plugin } from 'vite'
import { buildKernels } from '../kernels/build.mjs'

export function kernels(): Plugin {
  return { name: 'tabtune:kernels', config: () => buildKernels() }
}
