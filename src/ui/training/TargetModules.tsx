// Which linear layers get an adapter, as boxes. All seven are "all-linear"; a name of another kind, from a file of settings, has a box of its own.

import type { LoraSettings } from '../../config/settings.ts'
import { isAllLinear } from '../../config/targets.ts'
import { changeSetting } from '../../session/settings.ts'
import { Checkbox } from '../kit/Checkbox.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './LoraForm.module.css'
import { layerKinds } from './settingFields.ts'

export function TargetModules({ lora, disabled }: { lora: LoraSettings; disabled: boolean }) {
  const words = useWords().training.method
  const chosen: readonly string[] = isAllLinear(lora.target_modules) ? layerKinds : [lora.target_modules].flat()
  const all = layerKinds.every((kind) => chosen.includes(kind))
  const choose = (names: readonly string[]) => {
    const every = layerKinds.every((kind) => names.includes(kind))
    // A fixed order, so that the same choice is the same setting whatever was pressed first.
    const others = names.filter((name) => !layerKinds.some((kind) => kind === name))
    const target_modules = every ? 'all-linear' : [...layerKinds.filter((kind) => names.includes(kind)), ...others]
    changeSetting('lora', { ...lora, target_modules })
  }
  const others = chosen.filter((name) => !layerKinds.some((kind) => kind === name))
  const without = (name: string) => chosen.filter((other) => other !== name)
  return (
    <>
      <fieldset className={styles.layers} aria-labelledby="setting-target_modules-name">
        <Checkbox
          label={words.all}
          detail={words.allMeaning}
          checked={all}
          partly={!all && chosen.length > 0}
          disabled={disabled}
          onChange={(checked) => choose(checked ? layerKinds : [])}
        />
        {layerKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={<code>{kind}</code>}
            detail={words.kinds[kind]}
            checked={chosen.includes(kind)}
            disabled={disabled}
            onChange={(checked) => choose(checked ? [...chosen, kind] : without(kind))}
          />
        ))}
        {others.map((name) => (
          <Checkbox key={name} label={<code>{name}</code>} checked disabled={disabled} onChange={() => choose(without(name))} />
        ))}
      </fieldset>
      {chosen.length === 0 && (
        <p className={styles.none} role="alert">
          {words.none}
        </p>
      )}
    </>
  )
}
