// A run that is over, as the shelf keeps it, for tests.

import { presets } from '../src/config/presets.ts'
import type { KeptRun, KeptSlot } from '../src/protocol/shelf.ts'

const step = {
  step: 1,
  epoch: 0.5,
  loss: 2.5,
  gradNorm: 1,
  learningRate: 1e-4,
  tokensPerSecond: 100,
  stepMs: 10,
  bytesHeld: 1000,
}
const score = { slot: 'tuned', records: 3, exact: 2, recited: 0, meanSimilarity: 0.9 } as const

export const keptSlot: KeptSlot = {
  settings: presets.lora,
  plan: {
    truncated: 0,
    dropped: 0,
    totalSteps: 2,
    stepsPerEpoch: 2,
    records: 3,
    rows: 3,
    learnedTokensPerEpoch: 12,
    heldOut: { records: 1, learnedTokens: 4, truncated: 0, unused: 0 },
    memory: { weights: 1, gradients: 2, optimizer: 3, activations: 4, workspace: 5, copies: 6 },
    checkpointing: false,
  },
  steps: [step, { ...step, step: 2, loss: Number.NaN }],
  epochs: [{ epoch: 1, step: 2, meanLoss: Number.NaN, evalLoss: 1.5, seconds: 0.1, evalSeconds: 0.01, partedFrom: null }],
  summary: {
    slot: 'tuned',
    ended: 'finished',
    steps: 2,
    epochs: 1,
    seconds: 0.2,
    firstLoss: 2.5,
    lastLoss: null,
    tokensPerSecond: 9,
    best: { epoch: 1, step: 2, evalLoss: 1.5, restored: false },
  },
  samples: [{ epoch: 0, fromInstruct: '<b>', fromBoth: '月' }],
  verdict: { kind: 'worked', score },
}

export const keptRun: KeptRun = {
  run: 'a-run',
  made: '2026-01-01T00:00:00.000Z',
  model: 'tiny',
  adapter: null,
  dataset: 'records.json',
  base: { ...score, slot: 'base', exact: 0 },
  watched: { instruct: 'a: ', input: 'b', label: 'c' },
  tuned: keptSlot,
  twin: { ...keptSlot, summary: { ...keptSlot.summary, slot: 'twin' }, verdict: null },
}
