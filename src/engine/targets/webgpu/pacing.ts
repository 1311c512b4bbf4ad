// How much is handed to the device at a time: submits of about 100 ms, by what earlier ones took, and only so many of them under way,
// so that whoever else draws with the GPU gets a turn and no driver's watchdog fires (Windows resets a GPU that is held for 2 s).
// Must not know: plans, kernels.

const SUBMIT_MS = 100
/** What waits on the device, or runs there, by estimate. */
const UNDER_WAY_MS = 200
/** Cost a millisecond before anything was measured: of a slow adapter, so that the first submits are short. */
const FIRST_PACE = 5e5
/** What costs less says more of the way to the device than of its pace. */
const MEASURABLE_COST = 2e6

/** Costs are in any unit that is in proportion to time. */
export type Pacer = {
  /** Cuts work into runs of consecutive pieces, each of about what one submit may hold. Where each ends. */
  ends: (costs: readonly number[]) => number[]
  /** Calls `start`, which submits, once there is room. */
  submit: (start: () => void, cost: number) => Promise<void>
}

/** @param workDone settles when all that was submitted before it was called has run */
export function pacerOf(workDone: () => Promise<unknown>): Pacer {
  let pace = FIRST_PACE
  let lastDoneMs = 0
  const underWay: { cost: number; done: Promise<void> }[] = []
  const outstanding = () => underWay.reduce((sum, { cost }) => sum + cost, 0)

  function measured(cost: number, submittedMs: number): void {
    const nowMs = performance.now()
    const tookMs = nowMs - Math.max(submittedMs, lastDoneMs)
    lastDoneMs = nowMs
    if (cost >= MEASURABLE_COST && tookMs > 0) pace += (cost / tookMs - pace) / 2
  }

  return {
    ends: (costs) => endsOf(costs, SUBMIT_MS * pace),
    submit: async (start, cost) => {
      while (underWay[0] !== undefined && outstanding() + cost > UNDER_WAY_MS * pace) await underWay[0].done
      start()
      const submittedMs = performance.now()
      // A device that is lost answers too; who reads results hears of it.
      const done = workDone().then(
        () => measured(cost, submittedMs),
        () => undefined,
      )
      const entry = { cost, done }
      underWay.push(entry)
      void done.then(() => underWay.splice(underWay.indexOf(entry), 1))
    },
  }
}

/** What one piece costs more than `most` goes by itself. */
export function endsOf(costs: readonly number[], most: number): number[] {
  const ends: number[] = []
  let sum = 0
  for (const [at, cost] of costs.entries()) {
    if (sum > 0 && sum + cost > most) {
      ends.push(at)
      sum = 0
    }
    sum += cost
  }
  return [...ends, costs.length]
}
