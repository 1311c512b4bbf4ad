// What the door says while a model trains.

import type { Settings } from '../config/settings.ts'
import type { Problem } from '../problem/problem.ts'
import type { MemoryForecast, Slot } from './model.ts'

export type TrainRequest = {
  /** tuned for the run itself, twin for the same data without the mask. */
  slot: Exclude<Slot, 'base'>
  settings: Settings
  /** Whether records with nothing to learn may be left out; otherwise they stop the run before it starts. */
  leaveOutUnlearnable: boolean
  /** The record written out after each epoch, from both prompts; null: none. */
  watch: { instruct: string; input: string } | null
}

/** One optimiser step, as Trainer logs it. */
export type TrainStep = {
  step: number
  /** After the step, as Trainer counts: epochs done plus the share of this one. */
  epoch: number
  /** Sum over the window divided by its learned tokens, in nats. */
  loss: number
  /** L2 norm of all gradients, before clipping. */
  gradNorm: number
  /** The rate that this step used. */
  learningRate: number
  /** Real (not padded) tokens a second of this step. */
  tokensPerSecond: number
  stepMs: number
  /** Held by the engine after the step. */
  bytesHeld: number
}

export type RunPlan = {
  /** Records that were too long: cut, and left out. */
  truncated: number
  dropped: number
  totalSteps: number
  stepsPerEpoch: number
  records: number
  /** Rows that the records stand in: as many, or fewer where they are packed. */
  rows: number
  learnedTokensPerEpoch: number
  /** What the run measures itself on and never learns; null: nothing. */
  heldOut: HeldOutPlan | null
  memory: MemoryForecast
  /** Whether blocks are computed again on the way back, by the settings or because memory asks for it. */
  checkpointing: boolean
}

export type HeldOutPlan = {
  records: number
  learnedTokens: number
  /** Of a file of their own: too long and cut, and not used because they are too long or have nothing to learn. */
  truncated: number
  unused: number
}

export type EpochMean = {
  epoch: number
  /** The step that ended it. */
  step: number
  meanLoss: number
  /** Nats per learned token of the held-out records; null where none are held out. */
  evalLoss: number | null
  seconds: number
  /** What `evalLoss` took. */
  evalSeconds: number
  /** The epoch from which on the held-out loss has risen while the training loss fell; null: it has not. */
  partedFrom: number | null
}

/** The epoch with the least held-out loss. `restored`: the run ended with its weights. */
export type BestEpoch = { epoch: number; step: number; evalLoss: number; restored: boolean }

/** What the watched record became after an epoch; epoch 0 is before the first step. */
export type WatchSample = { epoch: number; fromInstruct: string; fromBoth: string }

export type TrainEvent =
  | { kind: 'planned'; plan: RunPlan }
  | { kind: 'step'; step: TrainStep }
  | { kind: 'epoch'; epoch: EpochMean }
  | { kind: 'watch'; sample: WatchSample }
  | { kind: 'paused'; step: number }
  | { kind: 'resumed'; step: number }

export type StopRequest = { slot: Slot; keep: boolean }

export type RunSummary = {
  slot: Slot
  /** finished: all steps. stopped-early: the held-out loss fell no more (early_stopping_patience). stopped: the person kept what there was. discarded: the person did not. not-finite: see `problem`. */
  ended: 'finished' | 'stopped-early' | 'stopped' | 'discarded' | 'not-finite'
  steps: number
  epochs: number
  seconds: number
  firstLoss: number | null
  lastLoss: number | null
  tokensPerSecond: number
  /** null where nothing was held out. */
  best: BestEpoch | null
  problem: Problem | null
}
