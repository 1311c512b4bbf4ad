// PyTorch on the CPU with one thread, as a process beside this one that takes a step for each line that it is sent.

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type Engine, learningRate, type Task } from './task.ts'

/** Rejects where `python3` has no PyTorch. The weights are PyTorch's own random ones, so its losses are not those of the others. */
export async function torchEngine({ shape, batch }: Task): Promise<Engine> {
  const python = spawn('python3', ['bench/engines/torchStep.py'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
  const gone = new Promise<never>((_, reject) => python.once('error', reject))
  gone.catch(() => undefined)
  const next = async (): Promise<number> => {
    const { value, done } = await Promise.race([answers.next(), gone])
    if (done) throw new Error('python3 has no torch here')
    return Number(value)
  }
  python.stdin.on('error', () => undefined)
  python.stdin.write(`${JSON.stringify({ ...shape, ids: batch.ids, learned: batch.learned, learningRate })}\n`)
  await next()
  return {
    step: () => {
      python.stdin.write('step\n')
      return next()
    },
    peakBytes: async () => null,
    dispose: () => python.stdin.end(),
  }
}
