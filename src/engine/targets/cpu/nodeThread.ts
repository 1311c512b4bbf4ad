// A thread of the CPU target in Node: a worker thread that runs the script.

import { Worker } from 'node:worker_threads'
import type { Thread, ThreadReply } from './threads.ts'

/** @param script its address, as a data: URL */
export function startNodeThread(script: string): Thread {
  // Flags of this process, such as a loader of sources, are not for a script that needs nothing.
  const worker = new Worker(new URL(script), { execArgv: [] })
  return {
    begin: async (start) => {
      const answered = new Promise<void>((resolve, reject) => {
        worker.once('message', ({ error }: ThreadReply) => (error === null ? resolve() : reject(new Error(error))))
        worker.once('error', reject)
        worker.once('exit', () => reject(new Error('the thread has ended')))
      })
      worker.postMessage(start)
      await answered
      worker.unref()
    },
    end: () => {
      void worker.terminate()
    },
  }
}
