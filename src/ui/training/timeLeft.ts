// How long a run still takes, from how long it took so far.
// The clock is the run's own, pauses left out, so what happens between steps (writing the watched record) is counted in.

/**
 * Milliseconds, or null while nobody can know.
 * @param trainedMs time from the first step's end to the last step's, without pauses
 */
export function timeLeftMs(run: { stepsDone: number; totalSteps: number; trainedMs: number; lastStepMs: number }): number | null {
  if (run.stepsDone === 0) return null
  const left = Math.max(0, run.totalSteps - run.stepsDone)
  const perStep = run.stepsDone > 1 && run.trainedMs > 0 ? run.trainedMs / (run.stepsDone - 1) : run.lastStepMs
  return left * perStep
}
