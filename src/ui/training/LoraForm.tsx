// The fields of LoRA under PEFT's names. While an adapter is open its shape is its own and only shown; dropout can be changed.

import { loraArguments } from '../../config/notebook.ts'
import { presets } from '../../config/presets.ts'
import { defaultLora, type LoraSettings, type Settings } from '../../config/settings.ts'
import { changeSetting, settings } from '../../session/settings.ts'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import styles from './LoraForm.module.css'
import { NumberSetting } from './NumberSetting.tsx'
import { SettingFrame } from './SettingFrame.tsx'
import { SwitchSetting } from './SwitchSetting.tsx'
import { settingText } from './settingFields.ts'
import { TargetModules } from './TargetModules.tsx'

type Props = { lora: LoraSettings; disabled: boolean /** The shape is an open adapter's. */; given: boolean }

export function LoraForm({ lora, disabled, given }: Props) {
  const fixed = disabled || given
  return (
    <div className={styles.form}>
      <div className={styles.numbers}>
        <LoraRow name="r" lora={lora} disabled={fixed}>
          <LoraNumber name="r" lora={lora} disabled={fixed} />
        </LoraRow>
        <LoraRow name="lora_alpha" lora={lora} disabled={fixed}>
          <LoraNumber name="lora_alpha" lora={lora} disabled={fixed} />
        </LoraRow>
        <LoraRow name="lora_dropout" lora={lora} disabled={disabled}>
          <LoraNumber name="lora_dropout" lora={lora} disabled={disabled} />
        </LoraRow>
        <LoraRow name="use_rslora" lora={lora} disabled={fixed}>
          <SwitchSetting
            name="use_rslora"
            checked={lora.use_rslora}
            disabled={fixed}
            onChange={(use_rslora) => changeSetting('lora', { ...lora, use_rslora })}
          />
        </LoraRow>
      </div>
      <LoraRow name="target_modules" lora={lora} disabled={fixed} wide>
        <TargetModules lora={lora} disabled={fixed} />
      </LoraRow>
    </div>
  )
}

type RowProps = { name: keyof LoraSettings; lora: LoraSettings; disabled: boolean; wide?: boolean; children: React.ReactNode }

function LoraRow({ name, lora, disabled, wide = false, children }: RowProps) {
  const { settings: words, method } = useWords().training
  const chosen = useStore(settings, (now) => now.preset)
  const preset = presets[chosen].lora ?? defaultLora
  const differs = JSON.stringify(lora[name]) !== JSON.stringify(preset[name])
  const usual = loraArguments(lora).find((argument) => argument.name === name)?.usual ?? ''
  return (
    <SettingFrame
      name={name}
      usual={words.peftDefault(usual)}
      about={method.about[name]}
      changed={
        differs && !disabled
          ? { preset: loraText(preset[name]), back: () => changeSetting('lora', { ...lora, [name]: preset[name] }) }
          : null
      }
      disabled={disabled}
      wide={wide}
    >
      {children}
    </SettingFrame>
  )
}

type NumberName = 'r' | 'lora_alpha' | 'lora_dropout'

function LoraNumber({ name, lora, disabled }: { name: NumberName; lora: LoraSettings; disabled: boolean }) {
  const withValue = (now: Settings, value: unknown) => ({ ...now, lora: { ...lora, [name]: value } })
  return <NumberSetting name={name} value={lora[name]} disabled={disabled} withValue={withValue} path={`lora.${name}`} />
}

function loraText(value: LoraSettings[keyof LoraSettings]): string {
  return typeof value === 'object' ? value.join(', ') : settingText(value)
}
