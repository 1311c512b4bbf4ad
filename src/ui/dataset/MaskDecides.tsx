// Which settings of the run decide what is context and what is learned here, with their values; each leads to its field in the step Train.

import type { RecordPreview } from '../../protocol/dataset.ts'
import { sayAddress } from '../../session/address.ts'
import { settings } from '../../session/settings.ts'
import { settingPlace, useSettingInSight } from '../kit/useSettingInSight.ts'
import { useStore } from '../kit/useStore.ts'
import { maskSettings, settingText } from '../training/settingFields.ts'
import { useWords } from '../words/useWords.ts'
import styles from './MaskDecides.module.css'

export function MaskDecides({ record }: { record: RecordPreview }) {
  const { decides } = useWords().record
  const now = useStore(settings, (state) => state.settings)
  useSettingInSight('data')
  // The border between a prompt and its answer is found in records of three fields only.
  const instruct = record.record.kind === 'instruct'
  const bordered = instruct && now.objective === 'sft' && !now.chat_template
  return (
    <div className={styles.decides}>
      <span>{decides.title}</span>
      <ul className={styles.list}>
        {maskSettings
          .filter((name) => (name !== 'mask' || bordered) && (name !== 'chat_template' || instruct))
          .map((name) => {
            const text = settingText(now[name])
            const value = text === 'null' ? decides.none : text
            return (
              <li key={name} id={settingPlace(name)} tabIndex={-1}>
                <a
                  className={styles.setting}
                  href={sayAddress({ step: 'train', record: record.row, setting: name })}
                  aria-label={decides.open(name, value)}
                >
                  <code>{name}</code> <span className={styles.value}>{value}</span>
                </a>
              </li>
            )
          })}
      </ul>
    </div>
  )
}
