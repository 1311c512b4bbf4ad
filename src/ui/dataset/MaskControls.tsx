// How the border of the mask is found, and how long a record may be. These are settings of the run; the preview follows them at once.

import { useState } from 'react'
import { model } from '../../session/model.ts'
import { changeSetting, settings } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { Field } from '../kit/Field.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { TextInput } from '../kit/TextInput.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { LimitCost } from './LimitCost.tsx'
import styles from './MaskControls.module.css'

export function MaskControls() {
  const { mask: words } = useWords().dataset
  const { count } = useFigures()
  const { mask, overlong, objective, max_length, chat_template } = useStore(settings).settings
  const mode = objective === 'pretrain' ? words.none : chat_template ? words.inChat : words.modes[mask]
  const limit = max_length === null ? '' : count(max_length)
  return (
    <details className={styles.fold} open={objective === 'pretrain' || undefined}>
      <summary className={styles.summary}>
        {words.title}
        <span className={styles.now}>{words.now(mode, limit, words.overlongs[overlong])}</span>
      </summary>
      <div className={styles.controls}>
        {objective === 'pretrain' ? (
          <div className={styles.mask}>
            <p className={styles.hint}>{words.off}</p>
            <Button size="small" onClick={() => changeSetting('objective', 'sft')}>
              {words.turnOn}
            </Button>
          </div>
        ) : chat_template ? (
          <p className={styles.hint}>{words.inChatHint}</p>
        ) : (
          <div className={styles.mask}>
            <div className={styles.row}>
              <span className={styles.label}>{words.mode}</span>
              <Segmented
                label={words.mode}
                value={mask}
                choices={[
                  { value: 'prefix', label: words.modes.prefix },
                  { value: 'parts', label: words.modes.parts },
                ]}
                onChange={(next) => changeSetting('mask', next)}
              />
            </div>
            <p className={styles.hint}>{words.modeHint[mask]}</p>
          </div>
        )}
        <LengthField />
        <div className={styles.overlong}>
          <span className={styles.label}>{words.overlong}</span>
          <Segmented
            label={words.overlong}
            value={overlong}
            choices={[
              { value: 'truncate', label: words.overlongs.truncate },
              { value: 'drop', label: words.overlongs.drop },
            ]}
            onChange={(next) => changeSetting('overlong', next)}
          />
        </div>
        <LimitCost />
      </div>
    </details>
  )
}

/** Taken when the field is left or Enter is pressed, so that typing 128 does not cut every record at 1 first. */
function LengthField() {
  const { mask: words } = useWords().dataset
  const { count } = useFigures()
  const { max_length } = useStore(settings).settings
  const limit = useStore(model, ({ summary }) => summary?.max_position_embeddings)
  const [typed, setTyped] = useState<string | null>(null)
  const value = typed ?? (max_length === null ? '' : String(max_length))
  const [wrong, setWrong] = useState(false)
  const commit = () => {
    if (typed === null) return
    const taken = changeSetting('max_length', typed.trim() === '' ? null : Number(typed))
    setWrong(!taken)
    if (taken) setTyped(null)
  }
  return (
    <Field
      label={words.length}
      hint={words.lengthHint(limit === undefined ? '' : count(limit))}
      error={wrong ? words.lengthError : ''}
    >
      {({ id, describedBy }) => (
        <TextInput
          id={id}
          describedBy={describedBy}
          value={value}
          inputMode="numeric"
          invalid={wrong}
          onChange={setTyped}
          onCommit={commit}
        />
      )}
    </Field>
  )
}
