// The plan interpreter: the ops of the interface on values of a plan. Running a model's function over it once lays out its calls.

import { appendKeys, attention, attentionOverCache } from '../ops/attention/plan.ts'
import { embedding, takeRows } from '../ops/embedding/plan.ts'
import { headLoss } from '../ops/headLoss/plan.ts'
import { add, linear } from '../ops/linear/plan.ts'
import { rmsNorm } from '../ops/rmsNorm/plan.ts'
import { rotary, rotaryTables } from '../ops/rotary/plan.ts'
import { swiGlu } from '../ops/swiGlu/plan.ts'
import type { AttentionView, Ops } from '../ops.ts'
import type { Builder } from './builder.ts'
import type { Value } from './values.ts'

type PlanOpsOptions = { held: Value | null; checkpointing: boolean }

/**
 * Ids, positions and rows are feeds.
 * @param held for writing: a feed [1] of how many tokens a row the caches hold before these; keys and values are then put into the caches
 *   that are given, which are states. null: over a sequence from its beginning, without caches
 * @param checkpointing whether the backward of a checkpointed part computes its values again
 */
export function planOps(build: Builder, { held, checkpointing }: PlanOpsOptions): Ops<Value, Value> {
  const views = new Map<Value, AttentionView<Value>>()
  return {
    embedding: (weight, ids, paddingIndex) => embedding(build, weight, ids, paddingIndex),
    rmsNorm: (x, weight, eps) => rmsNorm(build, x, weight, eps),
    linear: (x, weight, bias, adapter) => linear(build, x, weight, bias, adapter),
    rotaryTables: (positions, inverseFrequencies) => rotaryTables(build, positions, inverseFrequencies),
    rotary: (x, tables, heads) => rotary(build, x, tables, heads),
    // No mask is stored: what a query sees follows from the view, which the attention's kernel is told.
    attentionMask: (view) => {
      const mask = build.scratch('mask', [0])
      views.set(mask, view)
      return mask
    },
    attention: (q, k, v, mask, shape) => {
      const view = views.get(mask)
      if (!view) throw new Error('attention: the mask is of another plan')
      if (held === null) return attention(build, { q, k, v }, view, shape)
      return attentionOverCache(build, { q, keys: k, values: v, held }, view, shape)
    },
    appendKeys: (cache, x, shape) => {
      if (cache === null || held === null) return x
      appendKeys(build, cache, held, x, shape)
      return cache
    },
    swiGlu: (gate, up) => swiGlu(build, gate, up),
    add: (a, b) => add(build, a, b),
    checkpoint: (body) => (checkpointing ? build.checkpoint(body) : body()),
    takeRows: (x, indices) => takeRows(build, x, indices),
    headLoss: (x, weight, targets) => headLoss(build, x, weight, targets),
  }
}
