// Gives the event loop a turn in the middle of long work, so that messages (pause, stop, cancel) are heard.
// A message to oneself comes at once, where a timer of 0 ms is held back by browsers to 4.

/** Resolves behind whatever is waiting to be handled. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
