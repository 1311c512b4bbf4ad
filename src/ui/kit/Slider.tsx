// A value in a range, by pointer and arrow keys, with what it says in words.

import { Slider as Base } from '@base-ui/react/slider'
import styles from './Slider.module.css'

type Props = {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** The value as it is read: "epoch 3", "0.7". */
  say: (value: number) => string
  onChange: (value: number) => void
  disabled?: boolean
}

export function Slider({ label, value, min, max, step, say, onChange, disabled = false }: Props) {
  return (
    <Base.Root
      className={styles.root}
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={(next) => onChange(next)}
    >
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <span className={styles.value} aria-hidden="true">
        {say(value)}
      </span>
      <Base.Control className={styles.control}>
        <Base.Track className={styles.track}>
          <Base.Indicator className={styles.indicator} />
          <Base.Thumb className={styles.thumb} getAriaLabel={() => label} getAriaValueText={(_, current) => say(current)} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  )
}
