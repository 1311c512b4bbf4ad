// The call table: every kind of call that a plan can hold, alone, in odd sizes. What a target's kernels are tested on, against their definitions in float64.

import { attentionRows } from '../ops/attention/callRows.ts'
import { embeddingRows } from '../ops/embedding/callRows.ts'
import { headLossRows } from '../ops/headLoss/callRows.ts'
import { productRows } from '../ops/linear/callRows.ts'
import { dropoutRows } from '../ops/linear/dropoutRows.ts'
import { rmsNormRows } from '../ops/rmsNorm/callRows.ts'
import { rotaryRows } from '../ops/rotary/callRows.ts'
import { swiGluRows } from '../ops/swiGlu/callRows.ts'
import { adamWRows } from '../training/adamWRows.ts'
import type { CallRow } from './callRow.ts'
import { elementRows } from './elementRows.ts'
import { sumsRows } from './sumsRows.ts'

export const callRows: readonly CallRow[] = [
  ...elementRows,
  ...productRows,
  ...attentionRows,
  ...sumsRows,
  ...adamWRows,
  ...embeddingRows,
  ...rmsNormRows,
  ...rotaryRows,
  ...swiGluRows,
  ...dropoutRows,
  ...headLossRows,
]
