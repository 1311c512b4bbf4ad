// The CPU kernels as the rest of the engine sees them: functions over numbers, in one shared memory.
// Compiled once, instantiated once a thread, all on the same memory. What the arguments behind the first three are, calls.ts says.
// Must not know: where the binaries lie, what runs when.

/** Does the work units [from, to). `scratch` is the address of memory that is this thread's own during the call. */
export type Kernel = (from: number, to: number, scratch: number, ...args: readonly number[]) => void

/** Every kernel of the binary. */
export const kernelNames = [
  'adamW',
  'add',
  'appendKeys',
  'attention',
  'attentionBackward',
  'attentionKeyGradients',
  'attentionOverCache',
  'copy',
  'crossEntropy',
  'dropout',
  'exponential',
  'fill',
  'gather',
  'gatherBf16',
  'product',
  'productBf16',
  'productWithTransposed',
  'productWithTransposedBf16',
  'rmsNorm',
  'rmsNormBackward',
  'rmsNormWeightGradient',
  'rotary',
  'scale',
  'scatterAdd',
  'sumOfSquares',
  'sumRows',
  'swiGlu',
  'swiGluBackward',
  'total',
  'transposedProduct',
] as const

export type KernelName = (typeof kernelNames)[number]

export type Kernels = Readonly<Record<KernelName, Kernel>>

/** The first bytes of the memory are the module's own; no tensor and no scratch may lie there. */
export const RESERVED_BYTES = 65_536

/** Kernels may read so far behind a tensor (and never write), so no tensor may end closer to the end of the memory. */
export const READ_AHEAD_BYTES = 64

/** Addresses of tensors and scratch are multiples of it. */
export const ALIGNMENT_BYTES = 16

/** What a thread's scratch holds at least. */
export const SCRATCH_BYTES = 196_608

/** A memory that the kernels run in, for all threads. Rejects what the engine cannot reserve with its own RangeError. */
export function sharedMemory(bytes: number, maximumBytes: number): WebAssembly.Memory {
  const pages = (size: number) => Math.ceil(size / 65_536)
  return new WebAssembly.Memory({ initial: pages(bytes), maximum: pages(maximumBytes), shared: true })
}

/** The kernels over `memory`. The module comes from compileKernels, once for all threads. */
export async function loadKernels(memory: WebAssembly.Memory, module: WebAssembly.Module): Promise<Kernels> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } })
  if (!hasKernels(exports)) {
    const missing = kernelNames.filter((name) => !isKernel(exports[name]))
    throw new Error(`kernels: the binary has no ${missing.join(', ')}; was it built from these sources?`)
  }
  return exports
}

const isKernel = (value: unknown): value is Kernel => typeof value === 'function'

const hasKernels = (exports: WebAssembly.Exports): exports is WebAssembly.Exports & Kernels =>
  kernelNames.every((name) => isKernel(exports[name]))

/** Addresses of the two binaries: URLs that fetch can read. */
export type KernelBinaries = { plain: string; relaxed: string }

/** What was compiled once is kept: a page whose server is gone meanwhile goes on with it. */
const compiled = new Map<string, Promise<WebAssembly.Module>>()

/** Compiles the binary that this engine is fastest with, or the plain one if told so. */
export function compileKernels(binaries: KernelBinaries, relaxed = hasRelaxedSimd()): Promise<WebAssembly.Module> {
  const address = relaxed ? binaries.relaxed : binaries.plain
  const known = compiled.get(address) ?? fetchAndCompile(address)
  compiled.set(address, known)
  return known
}

async function fetchAndCompile(address: string): Promise<WebAssembly.Module> {
  try {
    const response = await fetch(address)
    if (!response.ok) throw new Error(`kernels: ${response.url} answered ${response.status}`)
    return await WebAssembly.compile(await response.arrayBuffer())
  } catch (error) {
    compiled.delete(address)
    throw error
  }
}

/** The smallest module with a relaxed multiply-add: () → f32x4.relaxed_madd(0, 0, 0). */
const RELAXED_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253,
  15, 253, 133, 2, 11,
])

/** Whether WebAssembly has relaxed SIMD, whose multiply-add rounds once where the processor can. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(RELAXED_PROBE)
}
