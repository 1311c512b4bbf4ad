// A label, a control, a hint, and what is wrong with what was entered.

import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'

/** Ids for the control to name, so that it is announced with its label and hint. */
export type FieldIds = { id: string; labelledBy: string; describedBy: string | undefined }

type Props = {
  label: ReactNode
  hint?: ReactNode
  /** Why the value cannot be taken; empty when it can. */
  error?: string
  children: (ids: FieldIds) => ReactNode
}

export function Field({ label, hint, error = '', children }: Props) {
  const id = useId()
  const describes = hint !== undefined || error !== ''
  return (
    <div className={styles.field}>
      <label className={styles.label} id={`${id}-label`} htmlFor={id}>
        {label}
      </label>
      {children({ id, labelledBy: `${id}-label`, describedBy: describes ? `${id}-hint` : undefined })}
      {describes && (
        <p id={`${id}-hint`} className={error === '' ? styles.hint : styles.error}>
          {error === '' ? hint : error}
        </p>
      )}
    </div>
  )
}
