// The field of a setting that is on or off; the setting's name is its label.

import { Switch } from '@base-ui/react/switch'
import styles from './SettingControl.module.css'

type Props = { name: string; checked: boolean; disabled: boolean; onChange: (checked: boolean) => void }

export function SwitchSetting({ name, checked, disabled, onChange }: Props) {
  return (
    <Switch.Root
      id={`setting-${name}`}
      className={styles.switch}
      checked={checked}
      disabled={disabled}
      aria-labelledby={`setting-${name}-name`}
      aria-describedby={`setting-${name}-about`}
      onCheckedChange={(next) => onChange(next)}
    >
      <Switch.Thumb className={styles.thumb} />
    </Switch.Root>
  )
}
