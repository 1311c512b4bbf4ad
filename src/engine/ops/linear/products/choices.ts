// Which candidate a device uses for which class of products: what a trial found, or what is sensible without one.
// Plain JSON, so that whoever has a place for it can keep it.

import { isSoftware } from '../../../backends/webgpu.ts'
import type { ProductLayout } from '../../../plan/calls.ts'
import { CANDIDATES_VERSION, type Candidate, candidateNamed, candidates, type DeviceTraits, runsOn } from './candidates.ts'
import type { Shape } from './piece.ts'

/** Products that behave alike: by layout, and by how much there is to share out. */
export type ProductClass = { layout: ProductLayout; size: 'one row' | 'few rows' | 'few tiles' | 'many tiles' }

/** `products`: the name of a candidate by that of a class. */
export type KernelChoices = { key: string; products: Readonly<Record<string, string>> }

/** Where choices are kept from one visit to the next. Reads null where there are none. */
export type KeptChoices = {
  read: () => Promise<KernelChoices | null>
  write: (choices: KernelChoices) => Promise<void>
}

const FEW_ROWS = 8
/** Elements of 256 tiles of 64 × 64: fewer leave a large GPU, which has room for some hundreds of workgroups, idle in part. */
const FEW_TILES = 1_048_576

export const productClasses: readonly ProductClass[] = (['many tiles', 'few tiles', 'few rows', 'one row'] as const).flatMap(
  (size) => (['a·bᵀ', 'a·b', 'aᵀ·b'] as const).map((layout) => ({ layout, size })),
)

export function classOf({ layout, m, n }: Shape): ProductClass {
  if (m <= FEW_ROWS) return { layout, size: m === 1 ? 'one row' : 'few rows' }
  return { layout, size: m * n <= FEW_TILES ? 'few tiles' : 'many tiles' }
}

export function nameOfClass({ layout, size }: ProductClass): string {
  return `${layout}, ${size}`
}

export function traitsOf(device: GPUDevice): DeviceTraits {
  const { subgroupMinSize, subgroupMaxSize } = device.adapterInfo
  const hasOneSize = device.features.has('subgroups') && subgroupMinSize === subgroupMaxSize
  return { isSoftware: isSoftware(device.adapterInfo), subgroupSize: hasOneSize ? subgroupMaxSize : 0 }
}

/** What choices are remembered under: they are worth nothing on another device, or for other candidates. */
export function choicesKey({ adapterInfo: { vendor, architecture, device, description } }: GPUDevice): string {
  return [vendor, architecture, device, description, `candidates ${CANDIDATES_VERSION}`].join(' | ')
}

/** The best guess first, then what else may be worth a trial. */
export function worthTrying(one: ProductClass, traits: DeviceTraits): readonly Candidate[] {
  const names = traits.isSoftware ? onSoftware(one) : onHardware(one)
  const known = names.flatMap((name) => candidateNamed(name) ?? [])
  return known.filter((candidate) => runsOn(candidate, traits))
}

function onSoftware({ layout, size }: ProductClass): readonly string[] {
  const inRegisters = ['subgroups', 'any size']
  if (layout !== 'a·bᵀ') return inRegisters
  if (size === 'one row') return ['few rows, 8 lanes', ...inRegisters]
  return size === 'few rows' ? ['subgroups', 'few rows, 8 lanes'] : inRegisters
}

function onHardware({ layout, size }: ProductClass): readonly string[] {
  if (size === 'many tiles') return ['64 × 64 shared', '128 × 128 shared', '64 × 128 shared', '64 × 64 shared, 4 × 4 each']
  const small = [
    '32 × 32 shared, split',
    '64 × 64 shared, split',
    '64 × 64 shared, split more',
    '128 × 128 shared, split',
    '32 × 32 shared',
  ]
  if (size === 'few tiles' || layout !== 'a·bᵀ') return small
  return ['few rows, 32 lanes', 'few rows, 64 lanes', '32 × 32 shared, split']
}

/** What is used where no trial was made. */
export function untriedChoices(device: GPUDevice): KernelChoices {
  return { key: choicesKey(device), products: bestGuesses(traitsOf(device)) }
}

/** For a GPU that is not there: what one that is no software is guessed to be fastest with. */
export const usualChoices: KernelChoices = { key: '', products: bestGuesses({ isSoftware: false, subgroupSize: 0 }) }

function bestGuesses(traits: DeviceTraits): KernelChoices['products'] {
  const products = productClasses.map((one) => [nameOfClass(one), worthTrying(one, traits)[0]?.name ?? 'any size'])
  return Object.fromEntries(products)
}

/** The candidate for a product; the one for any size where the choices say nothing that is known here. */
export function chosenFor(choices: KernelChoices, shape: Shape): Candidate {
  const [anySize] = candidates
  const chosen = candidateNamed(choices.products[nameOfClass(classOf(shape))] ?? '') ?? anySize
  if (!chosen) throw new Error('there is a kernel for any size')
  return chosen
}
