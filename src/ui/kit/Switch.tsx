// On or off, at once. The words beside it are its name.

import { Switch as Base } from '@base-ui/react/switch'
import { type ReactNode, useId } from 'react'
import styles from './Switch.module.css'

type Props = { label: ReactNode; hint?: string; checked: boolean; disabled?: boolean; onChange: (checked: boolean) => void }

export function Switch({ label, hint, checked, disabled = false, onChange }: Props) {
  const id = useId()
  return (
    <div>
      <label className={styles.row} htmlFor={`${id}-switch`}>
        <Base.Root
          id={`${id}-switch`}
          className={styles.switch}
          checked={checked}
          disabled={disabled}
          onCheckedChange={(next) => onChange(next)}
          aria-describedby={hint === undefined ? undefined : id}
        >
          <Base.Thumb className={styles.thumb} />
        </Base.Root>
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <p id={id} className={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
