// What each of attention's kernels begins with.

import type { Kernel } from '../../../targets/webgpu/dispatch.ts'
import views from './views.wgsl?raw'

/** @param source behind the words of views.wgsl, and the keys that a query sees */
export const viewing = (name: string, source: string): Kernel => ({ name: `attention ${name}`, source: `${views}\n${source}` })
