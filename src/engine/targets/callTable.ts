// The call table: every kind of call that a plan can hold, alone, in odd sizes. What a target's kernels are tested on, against their definitions in float64.

import { productRows } from '../ops/linear/callRows.ts'
import { swiGluRows } from '../ops/swiGlu/callRows.ts'
import type { CallRow } from './callRow.ts'
import { elementRows } from './elementRows.ts'

export const callRows: readonly CallRow[] = [...elementRows, ...productRows, ...swiGluRows]
