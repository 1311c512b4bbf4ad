// A step opens at its top, and with the keyboard in it where the button that led there is gone with the step before.
// Must not know: any step.

import { useEffect, useRef } from 'react'
import { address } from '../../session/address.ts'
import { useStore } from '../kit/useStore.ts'

/** The id of the part of the page that holds the step. */
export const stepPlace = 'step'

export function useStepFromItsTop() {
  const { step, setting, run } = useStore(address)
  const place = `${step} ${run ?? ''}`
  const before = useRef(place)
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    const main = document.getElementById(stepPlace)
    if (main === null || setting !== null) return
    main.scrollTop = 0
    if (document.activeElement === document.body) main.focus({ preventScroll: true })
  }, [place, setting])
}
