// What a run would take, part by part, as plain text.

import { sayProblem } from '../problem/problem.ts'
import type { MemoryReport } from '../protocol/model.ts'

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** @param place where the run would be */
export function memoryLines(
  place: string,
  { memory, rows, length, checkpointing, allowed, problem, nearest }: MemoryReport,
): string[] {
  const total = Object.values(memory).reduce((sum, bytes) => sum + bytes, 0)
  const blocks = checkpointing ? ', blocks computed again' : ''
  return [
    `  on ${place}, ${rows} × ${length} tokens${blocks}: ${(total / 1e9).toFixed(3)} GB`,
    ...Object.entries(memory).map(([part, bytes]) => `    ${part.padEnd(12)} ${megabytes(bytes)}`),
    `    ${problem === null ? `fits${allowed === null ? '' : ` into ${(allowed / 1e9).toFixed(2)} GB`}` : sayProblem(problem).what}`,
    ...(nearest === null ? [] : [`    nearest that fits: ${JSON.stringify(nearest)}`]),
  ]
}
