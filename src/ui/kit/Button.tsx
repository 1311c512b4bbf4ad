// A press that does something. primary: the one next step of a page; quiet: beside text.

import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'> & {
  children: ReactNode
  variant?: 'primary' | 'secondary' | 'quiet'
  size?: 'small' | 'normal' | 'large'
  ref?: Ref<HTMLButtonElement>
}

export function Button({ variant = 'secondary', size = 'normal', children, ...rest }: Props) {
  return (
    <button type="button" className={classes(styles.button, styles[variant], styles[size])} {...rest}>
      {children}
    </button>
  )
}
