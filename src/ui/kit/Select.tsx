// One of several values, in a form.

import { Select as Base } from '@base-ui/react/select'
import { Icon } from './Icon.tsx'
import styles from './Popup.module.css'
import own from './Select.module.css'

type Props<V extends string> = {
  /** Its name; or `labelledBy` names the element that says it. */
  label?: string
  labelledBy?: string
  describedBy?: string
  value: V
  choices: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  disabled?: boolean
  small?: boolean
}

export function Select<V extends string>({
  label,
  labelledBy,
  describedBy,
  value,
  choices,
  onChange,
  disabled = false,
  small = false,
}: Props<V>) {
  return (
    <Base.Root<V>
      items={choices}
      value={value}
      disabled={disabled}
      modal={false}
      onValueChange={(next) => next !== null && onChange(next)}
    >
      <Base.Trigger
        className={small ? own.small : own.trigger}
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
      >
        <Base.Value />
        <Icon name="down" size={14} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className={styles.positioner}>
          <Base.Popup className={styles.popup} aria-label={label}>
            {choices.map((choice) => (
              <Base.Item key={choice.value} value={choice.value} className={styles.item}>
                <span className={styles.mark}>{choice.value === value && <Icon name="check" size={14} />}</span>
                <Base.ItemText>{choice.label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
