// A thread of the CPU target in a browser: a worker that this worker starts. Only a cross-origin isolated page may share memory with it.
// The script comes with the caller's own and is started from a blob, so that a run asks nothing of the server.

import type { Thread, ThreadReply } from './threads.ts'

/** @param script its text, a module that imports nothing */
export function startBrowserThread(script: string): Thread {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))
  const worker = new Worker(address, { type: 'module' })
  const forget = () => URL.revokeObjectURL(address)
  return {
    begin: (start) =>
      new Promise<void>((resolve, reject) => {
        worker.onmessage = ({ data: { error } }: MessageEvent<ThreadReply>) => {
          forget()
          if (error === null) resolve()
          else reject(new Error(error))
        }
        // A script that a policy keeps out sends a plain event, without a message.
        worker.onerror = (event) => reject(new Error(event.message || 'the browser does not start it'))
        worker.postMessage(start)
      }),
    end: () => {
      forget()
      worker.terminate()
    },
  }
}
