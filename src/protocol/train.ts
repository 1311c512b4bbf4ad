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
  learnedTokensPerEpoch: number
  memory: MemoryForecast
  /** Whether blocks are computed again on the way back, by the settings or because memory asks for it. */
  checkpointing: boolean
}

export type EpochMean = { epoch: number; meanLoss: number; seconds: number }

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
  /** finished: all steps. stopped: the person kept what there was. discarded: the person did not. not-finite: see `problem`. */
  ended: 'finished' | 'stopped' | 'discarded' | 'not-finite'
  steps: number
  epochs: number
  seconds: number
  firstLoss: number | null
  lastLoss: number | null
  tokensPerSecond: number
  problem: Problem | null
}
