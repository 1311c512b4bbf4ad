// The settings to start from, as cards; the one in use says how much of it was changed, and gives it back.

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { changedSettings, type PresetName, presetNames } from '../../config/presets.ts'
import { choosePreset, settings } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './PresetChoice.module.css'

export function PresetChoice({ disabled }: { disabled: boolean }) {
  const words = useWords().training.presets
  const { count } = useFigures()
  const now = useStore(settings)
  const changed = changedSettings(now.settings, now.preset).length
  return (
    <section className={styles.presets} aria-label={words.legend}>
      <RadioGroup<PresetName>
        className={styles.group}
        aria-label={words.legend}
        value={now.preset}
        disabled={disabled}
        onValueChange={(next) => choosePreset(next)}
      >
        {presetNames.map((name) => (
          <Radio.Root
            key={name}
            value={name}
            className={styles.preset}
            aria-labelledby={`preset-${name}`}
            aria-describedby={`preset-${name}-about`}
          >
            <span className={styles.dot} />
            <span className={styles.words}>
              <span className={styles.name} id={`preset-${name}`}>
                {words[name].name}
              </span>
              <span className={styles.about} id={`preset-${name}-about`}>
                {words[name].about}
              </span>
            </span>
          </Radio.Root>
        ))}
      </RadioGroup>
      {changed > 0 && (
        <p className={styles.changed}>
          {words.changed(count(changed))}
          <Button variant="quiet" size="small" disabled={disabled} onClick={() => choosePreset(now.preset)}>
            {words.discard(words[now.preset].name)}
          </Button>
        </p>
      )}
    </section>
  )
}
