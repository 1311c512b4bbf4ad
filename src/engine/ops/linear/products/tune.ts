// The trial: on the adapter at hand, which candidate is the fastest for which class of products.
// Problems are as large as the device does in a few milliseconds; a class that no time is left for keeps its best guess.
// Must not know: where choices are kept but for reading and writing them.

import { type Candidate, candidateNamed } from './candidates.ts'
import {
  choicesKey,
  type KeptChoices,
  type KernelChoices,
  nameOfClass,
  type ProductClass,
  productClasses,
  traitsOf,
  untriedChoices,
  worthTrying,
} from './choices.ts'
import type { Shape } from './piece.ts'
import { openTrial, type Trial } from './trial.ts'

/** No class is begun after so long. */
const BUDGET_MS = 500
/** A problem is as large as fits into so long, and repeated until it takes half of it. */
const MEASURED_MS = 4
const ROUNDS = 2
/** Less than the best guess by so much, or it stays. */
const CLEARLY = 0.95
/** Elements of a result that are looked at. */
const SAMPLES = 96
/** How far they may be off: sums of up to a thousand products below ¼, in f32. */
const TOLERANCE = 1e-3

/** [m, n, k] of a problem, the largest first. */
const sizesOf: Readonly<Record<ProductClass['size'], readonly (readonly [number, number, number])[]>> = {
  'many tiles': [
    [1024, 2048, 1024],
    [512, 1024, 512],
    [256, 1088, 128],
  ],
  'few tiles': [
    [512, 896, 1024],
    [128, 512, 256],
    [64, 128, 128],
  ],
  'few rows': [
    [4, 4864, 1024],
    [4, 1024, 512],
    [4, 256, 256],
  ],
  'one row': [
    [1, 4864, 1024],
    [1, 1024, 512],
    [1, 256, 256],
  ],
}

/** What was kept of an earlier trial on this device; else a trial now, kept for the next time. */
export async function choicesFor(device: GPUDevice, kept: KeptChoices): Promise<KernelChoices> {
  const known = await kept.read()
  if (known?.key === choicesKey(device)) return known
  const found = await tuneProducts(device)
  await kept.write(found)
  return found
}

/**
 * Takes a few hundred milliseconds, or little more than the compilation of one kernel where that alone takes longer.
 * A candidate that the device refuses, or that gives wrong numbers, is left out.
 * @param now milliseconds
 */
export async function tuneProducts(device: GPUDevice, now: () => number = () => performance.now()): Promise<KernelChoices> {
  const end = now() + BUDGET_MS
  const traits = traitsOf(device)
  const products: Record<string, string> = { ...untriedChoices(device).products }
  const flopsPerMs = await speedOf(device, products)
  for (const one of productClasses) {
    if (now() >= end) break
    const tried = worthTrying(one, traits)
    if (tried.length < 2 || isRare(one)) continue
    const best = await fastest(device, shapeFor(one, flopsPerMs), tried)
    if (best) products[nameOfClass(one)] = best.name
  }
  return { key: choicesKey(device), products }
}

/** Gradients of a handful of tokens, or of weights of a handful of outputs: not worth the time. */
function isRare({ layout, size }: ProductClass): boolean {
  return layout !== 'a·bᵀ' && (size === 'one row' || size === 'few rows')
}

function shapeFor({ layout, size }: ProductClass, flopsPerMs: number): Shape {
  const sizes = sizesOf[size]
  const [m = 0, n = 0, k = 0] =
    sizes.find(([rows, columns, depth]) => 2 * rows * columns * depth <= MEASURED_MS * flopsPerMs) ?? sizes.at(-1) ?? []
  return { layout, isBf16: false, m, n, k }
}

/** Of the best guess: at a problem that any device does quickly, then at one that is large enough for this device to show what it can. */
async function speedOf(device: GPUDevice, products: Readonly<Record<string, string>>): Promise<number> {
  const one: ProductClass = { layout: 'a·bᵀ', size: 'few tiles' }
  const candidate = candidateNamed(products[nameOfClass(one)] ?? '')
  if (!candidate) return 0
  const atFirst = await speedAt(device, shapeFor(one, 0), candidate)
  return Math.max(atFirst, await speedAt(device, shapeFor(one, atFirst), candidate))
}

async function speedAt(device: GPUDevice, shape: Shape, candidate: Candidate): Promise<number> {
  const trial = openTrial(device, shape)
  await trial.ms(candidate, 1)
  const ms = await trial.ms(candidate, 4)
  trial.dispose()
  return (2 * shape.m * shape.n * shape.k) / Math.max(ms, 1e-3)
}

/** The first of `tried` is the best guess. Null where the device refuses all of them. */
async function fastest(device: GPUDevice, shape: Shape, tried: readonly Candidate[]): Promise<Candidate | null> {
  const trial = openTrial(device, shape)
  // Compiled side by side where the device can. What is refused here is refused again below.
  device.pushErrorScope('validation')
  await Promise.all(tried.map((candidate) => trial.compile(candidate).catch(() => undefined)))
  await device.popErrorScope()
  const right: { candidate: Candidate; repeats: number; ms: number }[] = []
  for (const candidate of tried) {
    trial.clear()
    device.pushErrorScope('validation')
    const first = await trial.ms(candidate, 1).catch(() => null)
    const refused = await device.popErrorScope()
    if (first === null || refused) continue
    if (!isRight(trial, shape, await trial.result())) continue
    right.push({
      candidate,
      repeats: Math.max(1, Math.min(50, Math.round(MEASURED_MS / 2 / first))),
      ms: Number.POSITIVE_INFINITY,
    })
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const one of right) one.ms = Math.min(one.ms, await trial.ms(one.candidate, one.repeats))
  trial.dispose()
  const [guess, ...others] = right
  if (!guess) return null
  const best = others.reduce((least, one) => (one.ms < least.ms ? one : least), guess)
  return best.ms < CLEARLY * guess.ms ? best.candidate : guess.candidate
}

/** Whether a result is right where it is looked at: in a few rows and columns all over it, the last ones among them. */
function isRight(trial: Trial, { m, n }: Shape, result: Float32Array): boolean {
  return Array.from({ length: SAMPLES }, (_, at) => at).every((at) => {
    const row = m - 1 - ((at * 37) % m)
    const column = n - 1 - ((at * 101) % n)
    return Math.abs((result[row * n + column] ?? Number.NaN) - trial.expected(row, column)) <= TOLERANCE
  })
}
