// One setting: Trainer's name for it, its field, its default, a sentence on what it does; and a mark and a way back where it differs from the preset.

import { presets } from '../../config/presets.ts'
import { resetSetting, settings } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { classes } from '../kit/classes.ts'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'
import { SettingControl } from './SettingControl.tsx'
import styles from './SettingRow.module.css'
import { defaultText, type ShownSetting, settingText } from './settingFields.ts'

export function SettingRow({ name, disabled }: { name: ShownSetting; disabled: boolean }) {
  const words = useWords().training.settings
  const now = useStore(settings)
  const preset = settingText(presets[now.preset][name])
  const differs = settingText(now.settings[name]) !== preset
  const say = (value: string) => (value === 'null' ? words.none : value)
  const id = `setting-${name}`
  return (
    <div className={classes(styles.row, differs && styles.differs)}>
      <div className={styles.head}>
        <label className={styles.name} id={`${id}-name`} htmlFor={id}>
          {name}
        </label>
        <span className={styles.default}>{words.trainerDefault(say(defaultText(name)))}</span>
      </div>
      <div className={styles.control}>
        <SettingControl name={name} disabled={disabled} />
      </div>
      <p className={styles.about} id={`${id}-about`}>
        {words.about[name]}
      </p>
      {differs && (
        <p className={styles.changed}>
          <span className={styles.mark} aria-hidden="true" />
          {words.differs(say(preset))}
          <Button
            variant="quiet"
            size="small"
            disabled={disabled}
            aria-label={words.back(name, say(preset))}
            onClick={() => resetSetting(name)}
          >
            <Icon name="undo" size={14} />
            {say(preset)}
          </Button>
        </p>
      )}
    </div>
  )
}
