// The eager interpreter: every op runs at once as plain TensorFlow.js operations, on any of its backends, with its tape.
// These bodies are each op's definition; whatever is faster is measured against them.

import { appendKeys, attention, attentionMask } from './ops/attention/composed.ts'
import { embedding, takeRows } from './ops/embedding/composed.ts'
import { headLoss } from './ops/headLoss/composed.ts'
import { add, linear } from './ops/linear/composed.ts'
import { rmsNorm } from './ops/rmsNorm/composed.ts'
import { rotary, rotaryTables } from './ops/rotary/composed.ts'
import { swiGlu } from './ops/swiGlu/composed.ts'
import type { Ops } from './ops.ts'
import type { Tensor } from './tensor.ts'

export const eagerOps: Ops<Tensor> = {
  embedding,
  rmsNorm,
  linear,
  rotaryTables,
  rotary,
  attentionMask,
  attention,
  appendKeys,
  swiGlu,
  add,
  // The tape keeps what it keeps.
  checkpoint: (body) => body(),
  takeRows,
  headLoss,
}
