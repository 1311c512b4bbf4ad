// A run that is over, as JSON and back: settings, every step, what was written on the way, and the verdict.
// A number that is not finite (a loss that went astray) is null in the file.
// Must not know: where it is kept, who shows it.

import * as v from 'valibot'
import { settingsSchema } from '../../config/settings.ts'
import type { KeptRun } from '../../protocol/shelf.ts'

const measured = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
)
const count = v.number()
const slot = v.picklist(['base', 'tuned', 'twin'])
const prompt = v.object({ instruct: v.string(), input: v.string(), label: v.string() })

const score = v.object({ slot, records: count, exact: count, recited: count, meanSimilarity: measured })
const verdict = v.object({ kind: v.picklist(['worked', 'recites', 'not-learned']), score })

// What came later than the first kept runs is filled in where a file does not have it.
const heldOut = v.object({ records: count, learnedTokens: count, truncated: count, unused: count })
const best = v.object({ epoch: count, step: count, evalLoss: count, restored: v.boolean() })
const epoch = v.object({
  epoch: count,
  step: v.optional(count, 0),
  meanLoss: measured,
  evalLoss: v.optional(v.nullable(count), null),
  seconds: count,
  evalSeconds: v.optional(count, 0),
  partedFrom: v.optional(v.nullable(count), null),
})

const planned = v.object({
  truncated: count,
  dropped: count,
  totalSteps: count,
  stepsPerEpoch: count,
  records: count,
  rows: v.optional(count),
  learnedTokensPerEpoch: count,
  heldOut: v.optional(v.nullable(heldOut), null),
  memory: v.object({
    weights: count,
    gradients: count,
    optimizer: count,
    activations: count,
    workspace: count,
    copies: count,
  }),
  checkpointing: v.boolean(),
})
const plan = v.pipe(
  planned,
  v.transform((own) => ({ ...own, rows: own.rows ?? own.records })),
)

const step = v.object({
  step: count,
  epoch: count,
  loss: measured,
  gradNorm: measured,
  learningRate: measured,
  tokensPerSecond: measured,
  stepMs: measured,
  bytesHeld: count,
})

const summary = v.object({
  slot,
  ended: v.picklist(['finished', 'stopped-early', 'stopped', 'discarded', 'not-finite']),
  steps: count,
  epochs: count,
  seconds: count,
  firstLoss: v.nullable(v.number()),
  lastLoss: v.nullable(v.number()),
  tokensPerSecond: measured,
  best: v.optional(v.nullable(best), null),
})

const keptSlot = v.object({
  settings: settingsSchema,
  plan: v.nullable(plan),
  steps: v.array(step),
  epochs: v.array(epoch),
  summary,
  samples: v.array(v.object({ epoch: count, fromInstruct: v.string(), fromBoth: v.string() })),
  verdict: v.nullable(verdict),
})

const schema = v.object({
  run: v.string(),
  made: v.string(),
  model: v.string(),
  adapter: v.nullable(v.string()),
  dataset: v.string(),
  base: v.nullable(score),
  watched: v.nullable(prompt),
  tuned: keptSlot,
  twin: v.nullable(keptSlot),
})

export function writeKeptRun(run: KeptRun): string {
  return JSON.stringify(run)
}

/** Throws a plain Error that names the first fault. */
export function readKeptRun(text: string): KeptRun {
  const result = v.safeParse(schema, JSON.parse(text))
  if (result.success) return result.output
  const [issue] = result.issues
  throw new Error(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`)
}
