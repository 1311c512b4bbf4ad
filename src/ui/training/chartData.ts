// The loss curves as columns of one length over the steps: raw and smoothed, of the run and of its twin.
// A value that is not finite is a gap. Must not know: how curves are drawn.

import type { EpochMean, TrainStep } from '../../protocol/train.ts'
import { smoothed, smoothingOver } from './smoothed.ts'

type Column = readonly (number | null)[]

/**
 * Steps, then raw and smoothed loss of the run, then those of the twin (empty columns of nulls when there is none), and the run's held-out
 * loss at the steps that end an epoch.
 */
export type ChartData = {
  steps: readonly number[]
  raw: Column
  smooth: Column
  twinRaw: Column
  twinSmooth: Column
  heldOut: Column
}

export function chartData(
  run: readonly TrainStep[],
  twin: readonly TrainStep[],
  stepsPerEpoch: number,
  epochs: readonly Pick<EpochMean, 'step' | 'evalLoss'>[] = [],
): ChartData {
  const longer = twin.length > run.length ? twin : run
  const steps = longer.map(({ step }) => step)
  const [raw, smooth] = columnsOf(run, steps.length, smoothingOver(stepsPerEpoch))
  const [twinRaw, twinSmooth] = columnsOf(twin, steps.length, smoothingOver(stepsPerEpoch))
  const measured = new Map(epochs.map(({ step, evalLoss }) => [step, evalLoss]))
  const heldOut = steps.map((step) => finite(measured.get(step)))
  return { steps, raw, smooth, twinRaw, twinSmooth, heldOut }
}

function columnsOf(run: readonly TrainStep[], length: number, smoothing: number): readonly [Column, Column] {
  const losses = run.map(({ loss }) => loss)
  return [padded(losses, length), padded(smoothed(losses, smoothing), length)]
}

function padded(values: readonly number[], length: number): Column {
  return Array.from({ length }, (_, index) => finite(values[index]))
}

function finite(value: number | null | undefined): number | null {
  return value != null && Number.isFinite(value) ? value : null
}

/**
 * The steps at which an epoch ends, thinned so that at most `most` are left, at round distances.
 * @returns the step of each tick; the epoch is the step divided by stepsPerEpoch
 */
export function epochTicks(from: number, to: number, stepsPerEpoch: number, most: number): readonly number[] {
  if (stepsPerEpoch <= 0 || most < 1) return []
  const epochs = (to - from) / stepsPerEpoch
  const every = roundDistance(epochs / most)
  const first = Math.max(1, Math.ceil(from / stepsPerEpoch / every)) * every
  const ticks: number[] = []
  for (let epoch = first; epoch * stepsPerEpoch <= to; epoch += every) ticks.push(epoch * stepsPerEpoch)
  return ticks
}

/** The next of 1, 2, 5, 10, 20, 50, … */
function roundDistance(least: number): number {
  let scale = 1
  for (;;) {
    for (const digit of [1, 2, 5]) {
      if (digit * scale >= least) return digit * scale
    }
    scale *= 10
  }
}
