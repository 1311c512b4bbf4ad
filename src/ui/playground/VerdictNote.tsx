// The verdict on a model in one sentence, with the numbers of the whole data set that it stands on.

import type { ReactNode } from 'react'
import type { Slot } from '../../protocol/model.ts'
import { evaluation } from '../../session/evaluation.ts'
import { run } from '../../session/run.ts'
import type { RunHistory } from '../../session/runState.ts'
import { classes } from '../kit/classes.ts'
import { Icon } from '../kit/Icon.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './VerdictNote.module.css'

/** Nothing while the slot has no verdict. `children` is evidence beside the whole set's numbers. */
export function VerdictNote({ slot, children }: { slot: Exclude<Slot, 'base'>; children?: ReactNode }) {
  const words = useWords().playground.verdict
  const { count } = useFigures()
  const { slots } = useStore(evaluation)
  const rose = useStore(run, ({ histories }) => lossRose(histories[slot]))
  const verdict = slots[slot]?.verdict
  if (verdict === undefined) return null
  const { kind, score } = verdict
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

function lossRose(history: RunHistory | null): boolean {
  const { firstLoss = null, lastLoss = null } = history?.summary ?? {}
  return firstLoss !== null && lastLoss !== null && lastLoss > firstLoss
}
