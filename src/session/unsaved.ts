// Asks before a tuned model that was not saved is let go of: opening another model or adapter forgets it, and it could not be had again.
// The question is shown by the step Model; meanwhile nothing is opened. Nothing is asked where nothing would be lost.
// Must not know: how anything is opened.

import { keep } from './keep.ts'
import { run } from './run.ts'
import { createStore, type Readable } from './store.ts'

export type Losing = {
  /** What would be done; `name` is of what would be opened, or taken away. */
  what: 'model' | 'adapter' | 'remove-adapter'
  name: string
}

type Question = Losing & { go: () => Promise<unknown> }

const held = createStore<Question | null>(null)

export const losing: Readable<Losing | null> = held

/** Whether the tuned model is there and was not saved since it was trained. */
export function tunedIsUnsaved(): boolean {
  return run.get().histories.tuned?.held === true && !keep.get().kept.includes('tuned')
}

/** Does it at once where nothing is lost by it; otherwise the person is asked first. The last question is the one that counts. */
export async function unlessLosing(losing: Losing, go: () => Promise<unknown>): Promise<void> {
  if (tunedIsUnsaved()) return held.set({ ...losing, go })
  held.set(null)
  await go()
}

/** The person's word: it is done now. */
export async function goAhead(): Promise<void> {
  const question = held.get()
  held.set(null)
  await question?.go()
}

/** The person's word: all stays as it is. */
export function leaveAsItIs() {
  held.set(null)
}
