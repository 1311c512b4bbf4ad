// Which records of the data set in use are held out of a run, and those that come from a file of their own.
// A record that repeats another one is never held out: its twin would be learned.

import { ProblemError } from '../problem/problem.ts'
import type { PreviewRequest } from '../protocol/dataset.ts'
import type { HeldOutPlan } from '../protocol/train.ts'
import { type Example, learnedTokens } from '../sft/example.ts'
import { heldOutCount, heldOutPlaces } from '../sft/heldOut.ts'
import { isDropped } from '../sft/preview.ts'
import type { StudioRecord } from './studio.ts'

/** Places of the records that are held out. Fewer than asked for where there are not so many, and always one fewer than there are to learn. */
export function heldOutRecords(
  records: readonly StudioRecord[],
  examples: readonly Example[],
  overlong: PreviewRequest['overlong'],
  request: PreviewRequest['heldOut'],
): ReadonlySet<number> {
  if (request === null) return new Set()
  const isUsed = (place: number) => {
    const [record, example] = [records[place], examples[place]]
    return record?.leftOut === false && example !== undefined && isUseful(example, overlong)
  }
  const used = records.filter((_, place) => isUsed(place)).length
  const repeated = repeatedRows(records)
  const mayBe = (place: number) => isUsed(place) && !repeated.has(records[place]?.row ?? 0)
  const count = Math.min(heldOutCount(used, request.test_size), used - 1)
  return heldOutPlaces(records.length, mayBe, Math.max(0, count), request.seed)
}

/** Numbers of the records that stand in the file more than once. */
function repeatedRows(records: readonly StudioRecord[]): ReadonlySet<number> {
  const rows = records.flatMap(({ row, warnings, leftOut, original }) =>
    leftOut || original !== null
      ? []
      : warnings.flatMap(({ problem }) => (problem.code === 'row.duplicate' ? [row, problem.values.of] : [])),
  )
  return new Set(rows)
}

function isUseful(example: Example, overlong: PreviewRequest['overlong']): boolean {
  return !isDropped(example, overlong) && learnedTokens(example) > 0
}

export type HeldOut = { examples: readonly Example[]; plan: HeldOutPlan }

/** Held-out examples with their figures. Rejects with `run.settings` where there are none. @param all as they were read, those that cannot be used too */
export function heldOutOf(all: readonly Example[], overlong: PreviewRequest['overlong'], where: string): HeldOut {
  const examples = all.filter((example) => isUseful(example, overlong))
  if (examples.length === 0) {
    const reason = 'leaves no record with anything to learn, of its own kind, to be held out'
    throw new ProblemError({ code: 'run.settings', values: { setting: where, reason }, where })
  }
  return {
    examples,
    plan: {
      records: examples.length,
      learnedTokens: examples.reduce((sum, example) => sum + learnedTokens(example), 0),
      truncated: examples.filter(({ truncated }) => truncated).length,
      unused: all.length - examples.length,
    },
  }
}
