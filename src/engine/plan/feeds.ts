// What a run is given from outside, and what is computed from that on the host, on its way into the arena of any target.
// Must not know: where a target has its values, what a plan is for.

import { valuesRead } from './calls.ts'
import type { Feeds } from './target.ts'
import type { Plan } from './training.ts'
import { elementsOf, rootOf, type Value } from './values.ts'

type Numbers = Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>

/**
 * Puts the feeds of a run, and what is derived from them. What is derived is computed anew only where its feed has changed
 * since the last run: positions, and so the angles, are the same for all batches of a shape.
 * @param put writes the numbers of a value where the plan reads them. A feed that no call reads has no place and is not put.
 */
export function feedWriter({ calls, feeds, derived }: Plan, put: (value: Value, numbers: Numbers) => void) {
  const read = new Set(calls.flatMap((call) => valuesRead(call).map(rootOf)))
  const last = new Map<Value, { source: Int32Array; made: Float32Array<ArrayBuffer> }>()
  return (given: Feeds): void => {
    for (const [name, value] of Object.entries(feeds)) {
      const own = given[name]
      if (own?.length !== elementsOf(value)) throw new Error(`the plan wants ${elementsOf(value)} numbers as ${name}`)
      const source = Int32Array.from(own)
      if (read.has(value)) put(value, source)
      for (const { value: made, from, compute } of derived) {
        if (from !== value || !read.has(made)) continue
        const before = last.get(made)
        const numbers = before && sameNumbers(before.source, source) ? before.made : Float32Array.from(compute(source))
        last.set(made, { source, made: numbers })
        put(made, numbers)
      }
    }
  }
}

function sameNumbers(some: Int32Array, others: Int32Array): boolean {
  return some.length === others.length && some.every((number, at) => number === others[at])
}
