// The whole page takes a drop, and text that is pasted where no field has the focus.
// While something is dragged over the page a sheet says what may be dropped.

import { useEffect, useState } from 'react'
import { takeDrop, takeFiles, takeText } from '../../session/dropped.ts'
import { Icon } from '../kit/Icon.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './DropTarget.module.css'

export function DropTarget() {
  const { app } = useWords()
  const [over, setOver] = useState(false)
  useEffect(() => listen(setOver), [])
  if (!over) return null
  return (
    <div className={styles.sheet} role="status">
      <div className={styles.words}>
        <Icon name="file" size={40} />
        <p className={styles.title}>{app.dropHere}</p>
        <p>{app.dropMeaning}</p>
      </div>
    </div>
  )
}

function listen(setOver: (over: boolean) => void) {
  let depth = 0
  const enter = (event: DragEvent) => {
    event.preventDefault()
    depth += 1
    setOver(true)
  }
  const leave = () => {
    depth = Math.max(0, depth - 1)
    if (depth === 0) setOver(false)
  }
  const over = (event: DragEvent) => {
    event.preventDefault()
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    depth = 0
    setOver(false)
    if (event.dataTransfer !== null) void takeDrop(event.dataTransfer)
  }
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData === null || takesText(event.target)) return
    const files = [...event.clipboardData.files].map((file) => ({ path: file.name, file }))
    const text = event.clipboardData.getData('text/plain')
    if (files.length > 0) void takeFiles(files)
    else if (text.trim() !== '') void takeText(text)
    else return
    event.preventDefault()
  }
  window.addEventListener('dragenter', enter)
  window.addEventListener('dragleave', leave)
  window.addEventListener('dragover', over)
  window.addEventListener('drop', drop)
  window.addEventListener('paste', paste)
  return () => {
    window.removeEventListener('dragenter', enter)
    window.removeEventListener('dragleave', leave)
    window.removeEventListener('dragover', over)
    window.removeEventListener('drop', drop)
    window.removeEventListener('paste', paste)
  }
}

/** A field keeps what is pasted into it, and what is dragged within it. */
function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null
}
