// In what form a slot is saved: where it was trained with LoRA its adapter or the whole, and a whole model's dtype.

import type { ModelSummary, SaveForm } from '../../protocol/model.ts'
import { Field } from '../kit/Field.tsx'
import { Segmented } from '../kit/Segmented.tsx'
import { Select } from '../kit/Select.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './KeepStep.module.css'
import { storedDtype } from './savedBytes.ts'

type Dtype = Extract<SaveForm, { kind: 'model' }>['dtype']
const dtypes: readonly Dtype[] = ['checkpoint', 'F32', 'F16', 'BF16']

type Props = {
  form: SaveForm
  summary: ModelSummary
  hasAdapter: boolean
  disabled: boolean
  onChange: (form: SaveForm) => void
}

export function KeepForm({ form, summary, hasAdapter, disabled, onChange }: Props) {
  const words = useWords().keep.form
  const own = storedDtype(summary)
  const chooseKind = (kind: SaveForm['kind']) => onChange(kind === 'adapter' ? { kind } : { kind, dtype: 'checkpoint' })
  return (
    <>
      {hasAdapter && (
        <div className={styles.form}>
          <Segmented<SaveForm['kind']>
            label={words.choose}
            value={form.kind}
            disabled={disabled}
            choices={[
              { value: 'adapter', label: words.adapter },
              { value: 'model', label: words.model },
            ]}
            onChange={chooseKind}
          />
          <p className={styles.small}>{form.kind === 'adapter' ? words.adapterAbout : words.modelAbout}</p>
        </div>
      )}
      {form.kind === 'model' && <p className={styles.small}>{words.wholeAbout}</p>}
      {form.kind === 'model' && (
        <div className={styles.dtype}>
          <Field label={words.dtype} hint={words.dtypeAbout[form.dtype === 'checkpoint' ? own : form.dtype]}>
            {({ labelledBy, describedBy }) => (
              <Select<Dtype>
                labelledBy={labelledBy}
                {...(describedBy !== undefined && { describedBy })}
                value={form.dtype}
                disabled={disabled}
                choices={dtypes.map((dtype) => ({ value: dtype, label: dtype === 'checkpoint' ? words.checkpoint(own) : dtype }))}
                onChange={(dtype) => onChange({ kind: 'model', dtype })}
              />
            )}
          </Field>
        </div>
      )}
    </>
  )
}
