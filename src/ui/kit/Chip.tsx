// A filter that is on or off, with how many it would show.

import styles from './Chip.module.css'
import { Icon } from './Icon.tsx'

type Props = { label: string; count?: string; pressed: boolean; disabled?: boolean; onPress: () => void }

export function Chip({ label, count, pressed, disabled = false, onPress }: Props) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} disabled={disabled} onClick={onPress}>
      {pressed && <Icon name="check" size={13} />}
      {label}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </button>
  )
}
