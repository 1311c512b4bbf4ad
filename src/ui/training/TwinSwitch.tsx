// Whether the same records are trained again without the mask, for comparison.

import { changeChoices, runChoices } from '../../session/runChoices.ts'
import { settings } from '../../session/settings.ts'
import { Switch } from '../kit/Switch.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'

export function TwinSwitch({ disabled }: { disabled: boolean }) {
  const words = useWords().training.twin
  const { twinAfterwards } = useStore(runChoices)
  const masked = useStore(settings, (now) => now.settings.objective === 'sft')
  return (
    <Switch
      label={words.label}
      hint={masked ? words.about : words.pretrain}
      checked={twinAfterwards && masked}
      disabled={disabled || !masked}
      onChange={(checked) => changeChoices({ twinAfterwards: checked })}
    />
  )
}
