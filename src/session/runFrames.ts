// Gathers what arrives and hands it on at most once a frame, so that a fast engine never floods the page.
// A hidden tab draws no frames: there a slow timer hands on instead, so that nothing piles up.

export type Frames<T> = {
  add: (item: T) => void
  /** Hands on what is left now, for the moment when no more will come. */
  flush: () => void
}

const hiddenTabMs = 250

export function gatherByFrame<T>(handOn: (items: readonly T[]) => void): Frames<T> {
  let items: T[] = []
  let cancelWait: (() => void) | null = null

  function flush() {
    cancelWait?.()
    cancelWait = null
    if (items.length === 0) return
    const ready = items
    items = []
    handOn(ready)
  }

  return {
    add: (item) => {
      items.push(item)
      cancelWait ??= nextFrame(flush)
    },
    flush,
  }
}

/** Calls back at the next frame, or after a while where there are none (a hidden tab, Node). */
function nextFrame(callBack: () => void): () => void {
  const timer = setTimeout(callBack, typeof requestAnimationFrame === 'function' ? hiddenTabMs : 16)
  const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(callBack) : null
  return () => {
    clearTimeout(timer)
    if (frame !== null) cancelAnimationFrame(frame)
  }
}
