// One setting of the run under Trainer's name; those that decide the mask lead back to the record that is being looked at.

import { trainerDefault } from '../../config/notebook.ts'
import { presets } from '../../config/presets.ts'
import { address, sayAddress } from '../../session/address.ts'
import { resetSetting, settings } from '../../session/settings.ts'
import { LimitCost } from '../dataset/LimitCost.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { SettingControl } from './SettingControl.tsx'
import styles from './SettingFrame.module.css'
import { SettingFrame } from './SettingFrame.tsx'
import { decidesMask, defaultText, type ShownSetting, settingFields, settingText } from './settingFields.ts'

export function SettingRow({ name, disabled }: { name: ShownSetting; disabled: boolean }) {
  const words = useWords().training.settings
  const now = useStore(settings)
  const preset = settingText(presets[now.preset][name])
  const differs = settingText(now.settings[name]) !== preset
  const say = (value: string) => (value === 'null' ? words.none : value)
  const ofTrainer = trainerDefault(name)
  const usual =
    ofTrainer === null ? words.ownDefault(say(defaultText(name))) : words.trainerDefault(ofTrainer.replaceAll('"', ''))
  return (
    <SettingFrame
      name={name}
      usual={usual}
      about={words.about[name]}
      changed={differs ? { preset: say(preset), back: () => resetSetting(name) } : null}
      disabled={disabled}
      wide={settingFields[name].kind === 'text'}
      link={
        <>
          {decidesMask(name) && <PreviewLink name={name} />}
          {name === 'max_length' && <LimitCost />}
        </>
      }
    >
      <SettingControl name={name} disabled={disabled} />
    </SettingFrame>
  )
}

function PreviewLink({ name }: { name: ShownSetting }) {
  const words = useWords().training.settings
  const record = useStore(address, (now) => now.record)
  return (
    <a className={styles.link} href={sayAddress({ step: 'data', record, setting: name })} aria-label={words.previewOf(name)}>
      {words.preview}
    </a>
  )
}
