// What a thread of the CPU target runs, in a browser's worker and in Node's alike. tools/kernels makes one script of it.
// It hears one message, with the memory that it shares; from then on it follows the runs in that memory and hears nothing more.
// It ends with its worker. Must not know: plans, what runs are for.

import { fail, nextRun, teamAt } from './barrier.ts'
import { kernelNames, loadKernels } from './kernels.ts'
import { runTable } from './table.ts'
import type { ThreadReply, ThreadStart } from './threads.ts'

/** Does its part of every run, until one fails. Never lets the event loop have its turn. */
async function serve({ memory, module, address, scratch, thread, threads, spins }: ThreadStart, answer: Answer): Promise<void> {
  const kernels = await loadKernels(memory, module)
  const team = teamAt(memory, address, { threads, spins })
  const runner = {
    team,
    thread,
    scratch,
    kernels: kernelNames.map((name) => kernels[name]),
    patience: Number.POSITIVE_INFINITY,
    onHost: () => undefined,
  }
  answer({ error: null })
  try {
    for (let run = 0; ; ) {
      const next = nextRun(team, run)
      run = next.run
      // The memory may have grown since the last run, and a view has the length that it was made with.
      runTable(new Float64Array(memory.buffer, next.table), runner)
    }
  } catch (error) {
    fail(team)
    throw error
  }
}

type Answer = (reply: ThreadReply) => void

function begin(start: ThreadStart, answer: Answer): void {
  serve(start, answer).catch((error: unknown) => answer({ error: String(error) }))
}

const node = typeof process === 'undefined' ? null : process.getBuiltinModule('node:worker_threads')
if (node?.parentPort) {
  const { parentPort } = node
  parentPort.once('message', (start: ThreadStart) => begin(start, (reply) => parentPort.postMessage(reply)))
} else {
  const hear = ({ data }: MessageEvent<ThreadStart>) => begin(data, (reply) => self.postMessage(reply))
  self.addEventListener('message', hear, { once: true })
}
