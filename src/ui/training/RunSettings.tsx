// The settings of a run in Trainer's words: every argument with its value and what is usual, Python to copy, and what a notebook has no argument for.

import { loraArguments, type NotebookArgument, notebookCode, ownSettings, trainerArguments } from '../../config/notebook.ts'
import type { RunHistory } from '../../session/runState.ts'
import { CopyButton } from '../kit/CopyButton.tsx'
import { Fold } from '../kit/Fold.tsx'
import { Hidden } from '../kit/Hidden.tsx'
import { Tag } from '../kit/Tag.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RunSettings.module.css'
import { settingText } from './settingFields.ts'

type Props = { history: Pick<RunHistory, 'slot' | 'settings' | 'adapter'> }

export function RunSettings({ history: { slot, settings, adapter } }: Props) {
  const words = useWords().training.notebook
  const { count } = useFigures()
  const trainer = trainerArguments(settings)
  const lora = settings.lora === null ? [] : loraArguments(settings.lora)
  const differing = [...trainer, ...lora].filter(({ differs }) => differs).length
  const code = notebookCode(settings, { output_dir: slot, adapter })
  return (
    <Fold title={words.title} aside={<Tag>{words.differ(count(differing), differing === 1)}</Tag>}>
      <p className={styles.about}>{words.about}</p>
      <div className={styles.columns}>
        <div className={styles.tables}>
          <Arguments title="TrainingArguments" list={trainer} />
          {lora.length > 0 && <Arguments title="LoraConfig" list={lora} />}
        </div>
        <section className={styles.python} aria-label={words.python}>
          <div className={styles.head}>
            <h3>{words.python}</h3>
            <CopyButton label={words.copy} done={words.copied} text={() => code} />
          </div>
          <pre className={styles.code}>
            <code>{code}</code>
          </pre>
        </section>
      </div>
      <section aria-label={words.ownTitle}>
        <h3>{words.ownTitle}</h3>
        <p className={styles.about}>{words.ownAbout}</p>
        <dl className={styles.own}>
          {ownSettings.map((name) => {
            const value = settingText(settings[name])
            return (
              <div key={name} className={styles.ownLine}>
                <dt>
                  <code className={styles.name}>{name}</code> {value === 'null' ? words.none : <code>{value}</code>}
                </dt>
                <dd className={styles.about}>{words.own[name](value)}</dd>
              </div>
            )
          })}
        </dl>
      </section>
    </Fold>
  )
}

function Arguments({ title, list }: { title: string; list: readonly NotebookArgument[] }) {
  const words = useWords().training.notebook
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.argument}</th>
          <th scope="col">{words.value}</th>
          <th scope="col">{words.usual}</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ name, value, usual, differs }) => (
          <tr key={name} className={differs ? styles.differs : undefined}>
            <th scope="row">{name}</th>
            <td>
              {value}
              {differs && <Hidden> ({words.differs})</Hidden>}
            </td>
            <td className={styles.usual}>{usual}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
