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

const plan = v.object({
  truncated: count,
  dropped: count,
  totalSteps: count,
  stepsPerEpoch: count,
  records: count,
  learnedTokensPerEpoch: count,
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
  ended: v.picklist(['finished', 'stopped', 'discarded', 'not-finite']),
  steps: count,
  epochs: count,
  seconds: count,
  firstLoss: v.nullable(v.number()),
  lastLoss: v.nullable(v.number()),
  tokensPerSecond: measured,
})

const keptSlot = v.object({
  settings: settingsSchema,
  plan: v.nullable(plan),
  steps: v.array(step),
  epochs: v.array(v.object({ epoch: count, meanLoss: measured, seconds: count })),
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
