// What the run trains: all weights or LoRA, how many numbers that is, and the fields of LoRA.

import { presets } from '../../config/presets.ts'
import { address, sayAddress } from '../../session/address.ts'
import { model } from '../../session/model.ts'
import { chooseMethod, settings } from '../../session/settings.ts'
import { trainedParameters } from '../../session/trained.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { settingPlace } from '../kit/useSettingInSight.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { LoraForm } from './LoraForm.tsx'
import styles from './MethodChoice.module.css'
import { SmallModelHint } from './SmallModelHint.tsx'

type Method = 'full' | 'lora'

export function MethodChoice({ disabled }: { disabled: boolean }) {
  const { method: words } = useWords().training
  const { lora } = useStore(settings, (now) => now.settings)
  const adapter = useStore(model, ({ summary }) => summary?.adapter ?? null)
  const record = useStore(address, (now) => now.record)
  const method: Method = lora === null ? 'full' : 'lora'
  return (
    <div id={settingPlace('lora')} tabIndex={-1}>
      <Panel
        title={words.title}
        actions={
          <Segmented<Method>
            label={words.choose}
            value={method}
            disabled={disabled}
            choices={[
              { value: 'full', label: words.full },
              { value: 'lora', label: words.lora },
            ]}
            onChange={chooseMethod}
          />
        }
      >
        <p className={styles.about}>{lora === null ? words.fullAbout : words.loraAbout}</p>
        {adapter !== null && (
          <p className={styles.adapter}>
            <Icon name="note" />
            <span>
              {lora === null ? words.merged(adapter.name) : words.goesOn(adapter.name)}{' '}
              <a href={sayAddress({ step: 'model', record })}>{words.toModel}</a>
            </span>
          </p>
        )}
        <SmallModelHint disabled={disabled} />
        <Trained />
        {lora !== null && <LoraForm lora={lora} disabled={disabled} given={adapter !== null} />}
        <OtherThanPreset disabled={disabled} />
      </Panel>
    </div>
  )
}

function Trained() {
  const { method: words } = useWords().training
  const { count, short, share } = useFigures()
  const { lora } = useStore(settings, (now) => now.settings)
  const summary = useStore(model, (now) => now.summary)
  if (summary === null) return null
  const trained = trainedParameters(summary, lora)
  return (
    <p className={styles.trained} role="status" title={words.trainedMeaning}>
      {words.trained} <strong>{count(trained)}</strong>{' '}
      <span className={styles.of}>
        {words.trainedOf(short(summary.parameters), share(summary.parameters === 0 ? 0 : trained / summary.parameters))}
      </span>
    </p>
  )
}

/** The preset's own method is one press away; fields of LoRA have a way back each. */
function OtherThanPreset({ disabled }: { disabled: boolean }) {
  const { method: words } = useWords().training
  const now = useStore(settings)
  const preset: Method = presets[now.preset].lora === null ? 'full' : 'lora'
  if (preset === (now.settings.lora === null ? 'full' : 'lora')) return null
  return (
    <p className={styles.changed}>
      {words.changed(words[preset])}
      <Button
        variant="quiet"
        size="small"
        disabled={disabled}
        aria-label={words.back(words[preset])}
        onClick={() => chooseMethod(preset)}
      >
        <Icon name="undo" size={14} />
        {words[preset]}
      </Button>
    </p>
  )
}
