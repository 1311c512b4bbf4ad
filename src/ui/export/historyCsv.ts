// A run's steps as CSV, with Trainer's column names, numbers written in full and a point as decimal mark.

import type { TrainStep } from '../../protocol/train.ts'

const columns: readonly (readonly [string, (step: TrainStep) => number])[] = [
  ['step', ({ step }) => step],
  ['epoch', ({ epoch }) => epoch],
  ['loss', ({ loss }) => loss],
  ['grad_norm', ({ gradNorm }) => gradNorm],
  ['learning_rate', ({ learningRate }) => learningRate],
  ['tokens_per_second', ({ tokensPerSecond }) => tokensPerSecond],
  ['step_ms', ({ stepMs }) => stepMs],
]

/** A value that is not finite is an empty cell. */
export function historyCsv(steps: readonly TrainStep[]): string {
  const lines = steps.map((step) => columns.map(([, read]) => cell(read(step))).join(','))
  return `${[columns.map(([name]) => name).join(','), ...lines].join('\r\n')}\r\n`
}

function cell(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}
