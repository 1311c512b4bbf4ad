// A button that opens a list of choices, of which one is taken. Keyboard and names come from the headless library.

import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import own from './Menu.module.css'
import styles from './Popup.module.css'

type Props<V extends string> = {
  /** What the menu is for, read by a screen reader before what is shown. */
  label: string
  /** What the button shows. */
  children: ReactNode
  choices: readonly { value: V; label: string }[]
  value: V
  onChoose: (value: V) => void
  /** A sentence above the choices. */
  heading?: string
  look?: 'plain' | 'boxed'
}

export function Menu<V extends string>({ label, children, choices, value, onChoose, heading, look = 'plain' }: Props<V>) {
  const choose = (chosen: unknown) => {
    const choice = choices.find((candidate) => candidate.value === chosen)
    if (choice !== undefined) onChoose(choice.value)
  }
  return (
    <Base.Root modal={false}>
      <Base.Trigger className={look === 'boxed' ? own.boxed : own.trigger}>
        <span className={own.hidden}>{label}: </span>
        {children}
        <Icon name="down" size={14} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className={styles.positioner}>
          <Base.Popup className={styles.popup}>
            {heading !== undefined && <p className={styles.heading}>{heading}</p>}
            <Base.RadioGroup value={value} onValueChange={choose}>
              {choices.map((choice) => (
                <Base.RadioItem key={choice.value} value={choice.value} className={styles.item} closeOnClick>
                  <span className={styles.mark}>{choice.value === value && <Icon name="check" size={14} />}</span>
                  {choice.label}
                </Base.RadioItem>
              ))}
            </Base.RadioGroup>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
