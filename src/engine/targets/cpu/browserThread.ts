// A thread of the CPU target in a browser: a worker that this worker starts. Only a cross-origin isolated page may share memory with it.

import type { Thread, ThreadReply } from './threads.ts'

/** @param script its whole address, of this page's origin */
export function startBrowserThread(script: string): Thread {
  const worker = new Worker(script, { type: 'module' })
  return {
    begin: (start) =>
      new Promise<void>((resolve, reject) => {
        worker.onmessage = ({ data: { error } }: MessageEvent<ThreadReply>) =>
          error === null ? resolve() : reject(new Error(error))
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage(start)
      }),
    end: () => worker.terminate(),
  }
}
