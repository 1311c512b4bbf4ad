// One of a few ways to look at something, all of them in sight; arrow keys go between them.

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import styles from './Segmented.module.css'

type Props<V extends string> = {
  label: string
  value: V
  choices: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  disabled?: boolean
}

export function Segmented<V extends string>({ label, value, choices, onChange, disabled = false }: Props<V>) {
  return (
    <RadioGroup<V>
      className={styles.group}
      aria-label={label}
      value={value}
      disabled={disabled}
      onValueChange={(next) => onChange(next)}
    >
      {choices.map((choice) => (
        <Radio.Root key={choice.value} value={choice.value} className={styles.choice}>
          {choice.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
