// The field of one setting, of the kind that its value asks for.

import { settings, takeSettings } from '../../session/settings.ts'
import { Select } from '../kit/Select.tsx'
import { useStore } from '../kit/useStore.ts'
import { NumberSetting } from './NumberSetting.tsx'
import { SwitchSetting } from './SwitchSetting.tsx'
import { type ShownSetting, settingFields } from './settingFields.ts'
import { TextSetting } from './TextSetting.tsx'

export function SettingControl({ name, disabled }: { name: ShownSetting; disabled: boolean }) {
  const field = settingFields[name]
  const value = useStore(settings, (now) => now.settings[name])
  const take = (next: unknown) => takeSettings({ ...settings.get().settings, [name]: next })
  if (field.kind === 'switch') {
    return <SwitchSetting name={name} checked={value === true} disabled={disabled} onChange={take} />
  }
  if (field.kind === 'text') {
    return (
      <TextSetting
        name={name}
        value={value === null ? '' : String(value)}
        disabled={disabled}
        onTake={(text) => take(text === '' ? null : text)}
      />
    )
  }
  if (field.kind === 'choice') {
    return (
      <Select
        labelledBy={`setting-${name}-name`}
        describedBy={`setting-${name}-about`}
        value={String(value)}
        choices={field.options.map((option) => ({ value: option, label: option }))}
        disabled={disabled}
        onChange={take}
      />
    )
  }
  return (
    <NumberSetting
      name={name}
      value={typeof value === 'number' ? value : null}
      mayBeEmpty={field.kind === 'number-or-none'}
      disabled={disabled}
      withValue={(now, next) => ({ ...now, [name]: next })}
      path={name}
    />
  )
}
