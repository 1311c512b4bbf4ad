// AdamW's rows of the call table: two steps, so that the moments of the second are not all alike.

import type { Call } from '../plan/calls.ts'
import type { Value } from '../plan/values.ts'
import type { CallRow, CallValues } from '../targets/callRow.ts'

/** Those of 200 rows and more are held in parts where a binding is small. */
const shapes = [[1], [3], [65], [200, 37], [700, 3], [1000, 64], [70_001]]

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1)

type Update = { shape: readonly number[]; factor: Value; decays: boolean; keeps?: boolean }

function twoSteps({ state, constant }: CallValues, { shape, factor, decays, keeps = true }: Update): Call[] {
  const moved = { parameter: state(shape), first: state(shape), second: constant(shape, 0.3) }
  const writes = keeps ? { ...moved, before: state(shape) } : moved
  const step = (): Call => {
    const reads = { gradient: state(shape), factor }
    return { kernel: 'adamW', reads, writes, numbers: { size: sizeOf(shape), decays } }
  }
  return [step(), step()]
}

const steps = shapes.flatMap((shape) =>
  [true, false].map(
    (keeps): CallRow => ({
      name: `adamW${keeps ? ' with decay' : ', the weight before not kept'}, ${shape.join(' × ')}`,
      scalars: { step: 3, learningRate: 0.01 },
      inParts: shape.length > 1,
      calls: (values) => twoSteps(values, { shape, factor: values.constant([1], 0.7), decays: keeps, keeps }),
    }),
  ),
)

const withoutFactor = [Number.NaN, Number.POSITIVE_INFINITY].map(
  (factor): CallRow => ({
    name: `adamW by ${factor}, which changes nothing`,
    scalars: { step: 3, learningRate: 0.01 },
    calls: (values) => twoSteps(values, { shape: [65], factor: values.constant([1], factor), decays: true }),
  }),
)

type Clipped = { partial: number; maxNorm: number; factor: number }

/** Behind the norm of numbers that are none, of numbers whose squares are more than any, and behind such a norm of an earlier step. */
const clipped: readonly Clipped[] = [
  { partial: Number.NaN, maxNorm: 0, factor: 1 },
  { partial: Number.NaN, maxNorm: 1, factor: 1 },
  { partial: Number.POSITIVE_INFINITY, maxNorm: 0, factor: 1 },
  { partial: Number.POSITIVE_INFINITY, maxNorm: 1, factor: 0.5 },
  { partial: 2, maxNorm: 1, factor: Number.NaN },
]

const behindClip = clipped.map(
  ({ partial, maxNorm, factor }): CallRow => ({
    name: `adamW behind squares of ${partial} clipped to ${maxNorm} and a factor of ${factor}, which changes nothing`,
    scalars: { step: 3, learningRate: 0.01, maxNorm },
    calls: (values) => {
      const partials = values.constant([3], partial)
      const writes = { norm: values.scratch([1]), factor: values.scratch([1]) }
      return [
        { kernel: 'copy', reads: { x: values.constant([1], factor) }, writes: { out: writes.factor }, numbers: { size: 1 } },
        { kernel: 'clip', reads: { partials }, writes, numbers: { count: 3, maxNorm: { scalar: 'maxNorm' } } },
        ...twoSteps(values, { shape: [65], factor: writes.factor, decays: true }),
      ]
    },
  }),
)

export const adamWRows: readonly CallRow[] = [...steps, ...withoutFactor, ...behindClip]
