// Shows the beginning of something long, and all of it on a press: a box that scrolls inside a page that scrolls is hard to leave by keyboard.

import { type ReactNode, useState } from 'react'
import { useWords } from '../words/useWords.ts'
import { Button } from './Button.tsx'
import styles from './Clamp.module.css'

export function Clamp({ long, children }: { long: boolean; children: ReactNode }) {
  const { app } = useWords()
  const [open, setOpen] = useState(false)
  if (!long) return children
  return (
    <div>
      <div className={open ? undefined : styles.clamped}>{children}</div>
      <Button size="small" variant="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? app.showLess : app.showAll}
      </Button>
    </div>
  )
}
