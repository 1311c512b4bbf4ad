// A plan as text: each call with what it reads and writes, what it moves and computes. How a newcomer learns what a training step is.

import { type Call, valuesRead, valuesWritten } from './calls.ts'
import { type Lifetime, lifetimesOf, livesAt } from './layout.ts'
import type { Plan } from './training.ts'
import { bytesOf, type Value } from './values.ts'

/** Multiplications and additions of a call; of what is no product or attention, so few that they are not counted. */
export function flopsOf(call: Call): number {
  if (call.kernel === 'matMul') return 2 * call.numbers.m * call.numbers.n * call.numbers.k
  // Over a cache it depends on how much is held, which the plan does not know.
  if (call.kernel !== 'attention' && call.kernel !== 'attentionBackward') return 0
  const { batch, tokens, heads, headDim } = call.numbers
  // Half of the pairs are seen: scores and sums forward; backward the scores again, and four products more.
  const pairs = (batch * heads * tokens * (tokens + 1)) / 2
  return 2 * pairs * headDim * (call.kernel === 'attention' ? 2 : 5)
}

/** Bytes that a call reads and writes once. */
export function trafficOf(call: Call): number {
  return [...valuesRead(call), ...valuesWritten(call)].reduce((sum, value) => sum + bytesOf(value), 0)
}

const shapeText = ({ shape, dtype }: Value) => `[${shape.join(' × ')}]${dtype === 'f32' ? '' : ` ${dtype}`}`
const named = (values: readonly (readonly [string, Value])[]) =>
  values.map(([role, value]) => `${role} ${value.name} ${shapeText(value)}`).join(', ')
const millions = (count: number) => `${(count / 1e6).toFixed(2)} M`

/** One line a call, and the sums below. `arenaBytes`: what the target laid the plan out in. */
export function planText(plan: Plan, arenaBytes: number): string {
  const results = Object.values(plan.results)
  const lines = plan.calls.map((call, at) => {
    const work = flopsOf(call) === 0 ? '' : `  ${millions(flopsOf(call))} flop`
    const variant = call.kernel === 'matMul' ? ` ${call.numbers.layout}${call.numbers.accumulate ? ', added' : ''}` : ''
    const operands = `${named(Object.entries(call.reads).flatMap(defined))} → ${named(Object.entries(call.writes))}`
    return `${String(at).padStart(4)}  ${call.kernel}${variant}: ${operands}${work}  ${millions(trafficOf(call))}B`
  })
  const flops = plan.calls.reduce((sum, call) => sum + flopsOf(call), 0)
  const traffic = plan.calls.reduce((sum, call) => sum + trafficOf(call), 0)
  const peak = widest(lifetimesOf(plan.calls, results), plan.calls.length)
  return [
    ...lines,
    `${plan.calls.length} calls, ${(flops / 1e9).toFixed(3)} G flop, ${(traffic / 1e6).toFixed(1)} MB read and written,`,
    `arena ${(arenaBytes / 1e6).toFixed(2)} MB; at its fullest the values alone are ${(peak / 1e6).toFixed(2)} MB`,
  ].join('\n')
}

function defined([role, value]: readonly [string, Value | undefined]): (readonly [string, Value])[] {
  return value === undefined ? [] : [[role, value]]
}

/** The most bytes that live at one time: no layout can do with less. */
function widest(lifetimes: readonly Lifetime[], calls: number): number {
  let most = 0
  for (let at = 0; at <= calls; at++) {
    const alive = lifetimes.filter((lifetime) => livesAt(lifetime, at))
    most = Math.max(
      most,
      alive.reduce((sum, { value }) => sum + bytesOf(value), 0),
    )
  }
  return most
}
