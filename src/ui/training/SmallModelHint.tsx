// The usual rate of LoRA suits large models; for a small one the page says so, and sets what was measured to work.

import { smallModelLora } from '../../config/presets.ts'
import { model } from '../../session/model.ts'
import { settings, takeSettings } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './MethodChoice.module.css'

/** Below this many parameters a model is small. */
const small = 50e6
/** A rate from here on is no longer the usual one of large models. */
const highRate = 3e-3

export function SmallModelHint({ disabled }: { disabled: boolean }) {
  const { method: words } = useWords().training
  const { count } = useFigures()
  const parameters = useStore(model, ({ summary }) => summary?.parameters ?? Number.POSITIVE_INFINITY)
  const now = useStore(settings, (state) => state.settings)
  if (now.lora === null || parameters >= small || now.learning_rate >= highRate) return null
  return (
    <div className={styles.hint}>
      <p>{words.small(String(smallModelLora.learning_rate), count(smallModelLora.num_train_epochs))}</p>
      <Button size="small" disabled={disabled} onClick={() => takeSettings({ ...now, ...smallModelLora })}>
        <Icon name="check" size={14} />
        {words.useSmall}
      </Button>
    </div>
  )
}
