// A verdict in one sentence, with the numbers of the whole data set that it stands on.

import type { ReactNode } from 'react'
import type { Verdict } from '../../protocol/generate.ts'
import type { Slot } from '../../protocol/model.ts'
import { classes } from '../kit/classes.ts'
import { Icon } from '../kit/Icon.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './VerdictSentence.module.css'

type Props = {
  slot: Exclude<Slot, 'base'>
  verdict: Verdict
  /** Whether the loss was higher at the end than at the start. */
  rose: boolean
  /** Evidence beside the whole set's numbers. */
  children?: ReactNode
}

export function VerdictSentence({ slot, verdict: { kind, score }, rose, children }: Props) {
  const words = useWords().playground.verdict
  const { count } = useFigures()
  const [exact, recited, total] = [count(score.exact), count(score.recited), count(score.records)]
  const sentences = {
    worked: words.worked(exact, total),
    recites: words.recites(recited, total),
    'not-learned': words.notLearned(exact, total),
  }
  const twin = kind === 'recites' ? words.twin(recited, total) : words.twinNot(recited, total)
  const good = slot === 'tuned' && kind === 'worked'
  return (
    <div className={classes(styles.verdict, slot === 'twin' ? styles.plain : good ? styles.good : styles.look)} role="status">
      <span className={styles.icon}>
        <Icon name={slot === 'twin' ? 'note' : good ? 'check' : 'warning'} size={20} />
      </span>
      <div>
        <p className={styles.sentence}>{slot === 'twin' ? twin : sentences[kind]}</p>
        {slot === 'tuned' && kind === 'not-learned' && <p>{rose ? words.tryLess : words.tryMore}</p>}
        {children}
      </div>
    </div>
  )
}
