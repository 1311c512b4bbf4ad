// What the door says about the shelf: what is kept in the browser's own storage, and the room that is left.
// Must not know: how it is kept.

import type { Settings } from '../config/settings.ts'
import type { SlotScore, Verdict, VerdictKind } from './generate.ts'
import type { EpochMean, RunPlan, RunSummary, TrainStep, WatchSample } from './train.ts'

/** Where the base model of an adapter is to be had again. elsewhere: from files that the page cannot open by itself. */
export type KeptBase = { kind: 'embedded' } | { kind: 'shelf'; id: string } | { kind: 'elsewhere' }

/** `run` names the run that made it; null for what came from elsewhere. */
export type KeptModel = {
  kind: 'model'
  architecture: string
  parameters: number
  dtype: string
  license: string
  run: string | null
  /** Where it was fetched, and the commit that its files are of; null for what came from elsewhere. */
  hub: { repository: string; commit: string } | null
}
export type KeptAdapter = { kind: 'adapter'; r: number; parameters: number; baseName: string; base: KeptBase; run: string | null }
export type KeptDataset = { kind: 'dataset'; records: number }
/** What a list shows of a run without reading it. */
export type KeptRunFacts = {
  kind: 'run'
  run: string
  model: string
  dataset: string
  method: 'full' | 'lora'
  steps: number
  lastLoss: number | null
  verdict: VerdictKind | null
  twin: boolean
}
export type ShelfAbout = KeptModel | KeptAdapter | KeptDataset | KeptRunFacts

export type ShelfItem<A extends ShelfAbout = ShelfAbout> = {
  id: string
  name: string
  bytes: number
  /** Moments as ISO 8601, in UTC. */
  made: string
  used: string
  about: A
}

/** Bytes that the page's storage holds in all, and how many more the browser allows. */
export type ShelfRoom = { used: number; free: number }
export type ShelfListing = { items: readonly ShelfItem[]; room: ShelfRoom | null }

export type ShelfChange = { kind: 'rename'; name: string } | { kind: 'take-off' } | { kind: 'put-back' }

/** A run as it went, to be looked at again. */
export type KeptSlot = {
  settings: Settings
  plan: RunPlan | null
  steps: readonly TrainStep[]
  epochs: readonly EpochMean[]
  summary: Omit<RunSummary, 'problem'>
  samples: readonly WatchSample[]
  verdict: Verdict | null
}
export type KeptRun = {
  run: string
  /** ISO 8601, in UTC. */
  made: string
  model: string
  adapter: string | null
  dataset: string
  /** The base model's score on the same records, where it was asked. */
  base: SlotScore | null
  /** The prompt that was written out after each epoch. */
  watched: { instruct: string; input: string; label: string } | null
  tuned: KeptSlot
  twin: KeptSlot | null
}

/** `replaces`: an entry with an earlier state of the same run, which goes once this one is whole; its name stays. */
export type KeepRunRequest = { name: string; run: KeptRun; replaces: string | null }
