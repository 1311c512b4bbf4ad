// How one setting is set out: its name and usual value, its field, a sentence on what it does; a mark and a way back where it differs from the preset.
// Must not know: which setting it is.

import type { ReactNode } from 'react'
import { Button } from '../kit/Button.tsx'
import { classes } from '../kit/classes.ts'
import { Icon } from '../kit/Icon.tsx'
import { settingPlace } from '../kit/useSettingInSight.ts'
import { useWords } from '../words/useWords.ts'
import styles from './SettingFrame.module.css'

type Props = {
  name: string
  /** The value it usually has, as a phrase. */
  usual: string
  about: string
  /** The preset's value and the way back to it, where this one differs. */
  changed: { preset: string; back: () => void } | null
  disabled: boolean
  /** The field is wide and stands below its name. */
  wide?: boolean
  /** Beside the sentence. */
  link?: ReactNode
  children: ReactNode
}

export function SettingFrame({ name, usual, about, changed, disabled, wide = false, link, children }: Props) {
  const words = useWords().training.settings
  const id = `setting-${name}`
  return (
    <div
      className={classes(styles.row, wide && styles.wide, changed !== null && styles.differs)}
      id={settingPlace(name)}
      tabIndex={-1}
    >
      <div className={styles.head}>
        <label className={styles.name} id={`${id}-name`} htmlFor={id}>
          {name}
        </label>
        <span className={styles.default}>{usual}</span>
      </div>
      <div className={styles.control}>{children}</div>
      <p className={styles.about} id={`${id}-about`}>
        {about}
      </p>
      {link}
      {changed !== null && (
        <p className={styles.changed}>
          <span className={styles.mark} aria-hidden="true" />
          {words.differs(changed.preset)}
          <Button
            variant="quiet"
            size="small"
            disabled={disabled}
            aria-label={words.back(name, changed.preset)}
            onClick={changed.back}
          >
            <Icon name="undo" size={14} />
            {changed.preset}
          </Button>
        </p>
      )}
    </div>
  )
}
