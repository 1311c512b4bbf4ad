// A training step of the open model as its plan, printed: which calls, on what, and how much they move and compute.

import type { Settings } from '../config/settings.ts'
import { layOut } from '../engine/plan/layout.ts'
import { planText } from '../engine/plan/print.ts'
import { normPlan, type Plan, updatePlan } from '../engine/plan/training.ts'
import { cpuLayout } from '../engine/targets/cpu/layout.ts'
import { disposeDecoder } from '../models/held.ts'
import { batchPlan, plannedModel } from '../sft/planned.ts'
import { paddingOf } from './padding.ts'
import { modelOf, type Studio } from './studio.ts'
import { traineeFor } from './trainees.ts'

/** A micro-batch of `rows` rows of `tokens` tokens, half of them learned, then the norm and the update. */
export function planReport(studio: Studio, settings: Settings, { rows, tokens }: { rows: number; tokens: number }): string {
  const model = modelOf(studio)
  const trainee = traineeFor(model, settings, paddingOf(model, settings))
  const { model: planned, trained, clip } = plannedModel(trainee.model, trainee.trained, model.bf16)
  disposeDecoder(trainee.model)
  const { gradient_checkpointing: checkpointing } = settings
  const learned = Math.max(1, Math.floor((rows * tokens) / 2))
  const parts: [string, Plan][] = [
    [
      `forward and backward, ${rows} × ${tokens} tokens, ${learned} learned`,
      batchPlan(planned, trained, { rows, tokens, learned }, { accumulate: false, checkpointing }),
    ],
    ['gradient norm and clipping', normPlan(trained, clip, () => 1)],
    ['AdamW', updatePlan(trained, clip)],
  ]
  return parts.map(([title, plan]) => `${title}\n${planText(plan, arenaBytes(plan))}`).join('\n\n')
}

function arenaBytes(plan: Plan): number {
  return layOut(plan.calls, Object.values(plan.results), cpuLayout).bytes
}
