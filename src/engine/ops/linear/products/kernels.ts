// The texts of the product kernels. WGSL has no imports, and the type of a binding is no `override` constant:
// so a kernel's text is its own file and, behind it, the files of declarations that it uses.

import type { Kernel } from '../../../targets/webgpu/dispatch.ts'
import anySize from './anySize.wgsl?raw'
import type { ProductKernel } from './candidates.ts'
import fewRows from './fewRows.wgsl?raw'
import quadsBf16 from './quadsBf16.wgsl?raw'
import quadsF32 from './quadsF32.wgsl?raw'
import result from './result.wgsl?raw'
import shared4 from './shared4.wgsl?raw'
import shared8 from './shared8.wgsl?raw'
import subgroups from './subgroups.wgsl?raw'
import sumSharesSource from './sumShares.wgsl?raw'
import tiles from './tiles.wgsl?raw'

const bodies: Readonly<Record<Exclude<ProductKernel, 'anySize'>, string>> = {
  subgroups,
  shared8: `${shared8}\n${tiles}`,
  shared4: `${shared4}\n${tiles}`,
  fewRows,
}

export function productKernel(name: ProductKernel, isBf16: boolean): Kernel {
  if (name === 'anySize') return { name: 'product anySize', source: `${anySize}\n${result}` }
  const quads = isBf16 ? quadsBf16 : quadsF32
  return { name: `product ${name} ${isBf16 ? 'bf16' : 'f32'}`, source: `${bodies[name]}\n${quads}\n${result}` }
}

export const sumShares: Kernel = { name: 'sumShares', source: sumSharesSource }
