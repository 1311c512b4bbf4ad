// One of several things that can each be chosen or not. The words beside the box are its name.

import { type ReactNode, useEffect, useId, useRef } from 'react'
import styles from './Checkbox.module.css'

type Props = {
  label: ReactNode
  /** Said after the name, quieter. */
  detail?: string
  checked: boolean
  /** Neither all nor none of what it stands for. */
  partly?: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

export function Checkbox({ label, detail, checked, partly = false, disabled = false, onChange }: Props) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = partly
  }, [partly])
  return (
    <label className={styles.row} htmlFor={id}>
      <input
        ref={box}
        id={id}
        className={styles.box}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>
        {label}
        {detail !== undefined && <span className={styles.detail}> {detail}</span>}
      </span>
    </label>
  )
}
