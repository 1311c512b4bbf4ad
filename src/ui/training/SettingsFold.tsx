// Every setting behind one fold, in groups. The fold says how many differ from the preset, also while it is shut.

import { changedSettings } from '../../config/presets.ts'
import { settings } from '../../session/settings.ts'
import { Fold } from '../kit/Fold.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { SettingRow } from './SettingRow.tsx'
import { SettingsFile } from './SettingsFile.tsx'
import styles from './SettingsFold.module.css'
import { hasEffect, settingGroups } from './settingFields.ts'

export function SettingsFold({ disabled }: { disabled: boolean }) {
  const words = useWords().training.settings
  const { count } = useFigures()
  const now = useStore(settings)
  const changed = changedSettings(now.settings, now.preset).length
  return (
    <Fold
      title={words.title}
      aside={
        <Tag tone={changed > 0 ? 'accent' : 'plain'}>
          {changed > 0 ? words.changed(count(changed), changed === 1) : words.asPreset}
        </Tag>
      }
    >
      {disabled && <p className={styles.locked}>{words.locked}</p>}
      <SettingsFile disabled={disabled} />
      {settingGroups.map(({ group, names }) => (
        <section key={group} className={styles.group} aria-label={words.groups[group]}>
          <h3>{words.groups[group]}</h3>
          {names
            .filter((name) => hasEffect(name, now.settings))
            .map((name) => (
              <SettingRow key={name} name={name} disabled={disabled} />
            ))}
        </section>
      ))}
    </Fold>
  )
}
