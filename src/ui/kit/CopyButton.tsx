// Copies text with one press and says that it did. Where the clipboard may not be written, the text stays there to be selected.

import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

type Props = { label: string; done: string; text: () => string; disabled?: boolean }

const shownMs = 2000

export function CopyButton({ label, done, text, disabled = false }: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Button size="small" disabled={disabled} onClick={copy}>
      <Icon name={copied ? 'check' : 'file'} />
      <span aria-live="polite">{copied ? done : label}</span>
    </Button>
  )
}
