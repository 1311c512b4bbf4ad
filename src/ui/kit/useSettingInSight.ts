// Brings the setting that the address names into sight and gives it the keyboard: its field in the form, or what it decides in the preview.

import { useEffect } from 'react'
import { address, type Step } from '../../session/address.ts'
import { useStore } from './useStore.ts'

/** The id of the place that stands for a setting on the step that is open. */
export function settingPlace(name: string): string {
  return `place-${name}`
}

/** What the keyboard reaches; the library's hidden inputs are none of it. */
const reached = 'a, button:not(:disabled), input:not(:disabled, [aria-hidden="true"]), [tabindex="0"]'

/** Called by what holds the places of a step, once they are there. */
export function useSettingInSight(step: Step) {
  const wanted = useStore(address, (now) => (now.step === step ? now.setting : null))
  useEffect(() => {
    const place = wanted === null ? null : document.getElementById(settingPlace(wanted))
    if (place === null) return
    let fold = place.closest('details')
    while (fold !== null) {
      fold.open = true
      fold = fold.parentElement?.closest('details') ?? null
    }
    const control = place.querySelector<HTMLElement>(reached)
    const target = control ?? place
    target.focus({ preventScroll: true })
    place.scrollIntoView({ block: 'center' })
  }, [wanted])
}
