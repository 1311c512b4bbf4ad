// A line or several of text.

import type { Ref } from 'react'
import { classes } from './classes.ts'
import styles from './TextInput.module.css'

type Props = {
  value: string
  onChange: (value: string) => void
  id?: string
  label?: string
  describedBy?: string | undefined
  placeholder?: string
  rows?: number
  invalid?: boolean
  disabled?: boolean
  /** Not shown while it is typed. */
  secret?: boolean
  /** poem: what a model is to write, in the serif face. code: ids and JSON. */
  face?: 'plain' | 'poem' | 'code'
  inputMode?: 'text' | 'decimal' | 'numeric' | 'search'
  onCommit?: () => void
  ref?: Ref<HTMLInputElement>
}

export function TextInput({
  value,
  onChange,
  label,
  describedBy,
  rows,
  invalid = false,
  face = 'plain',
  secret = false,
  onCommit,
  ref,
  ...rest
}: Props) {
  const shared = {
    className: classes(styles.input, styles[face]),
    value,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    spellCheck: false,
    onBlur: onCommit,
    ...rest,
  }
  if (rows !== undefined) return <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
  return (
    <input
      {...shared}
      ref={ref}
      type={secret ? 'password' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && onCommit?.()}
    />
  )
}
