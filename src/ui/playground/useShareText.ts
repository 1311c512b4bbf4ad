// The words around the panes when they are copied as text.

import { evaluation } from '../../session/evaluation.ts'
import { model } from '../../session/model.ts'
import { play } from '../../session/play.ts'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import type { PaneText } from './paneTexts.ts'
import { shareText } from './shareText.ts'

export function useShareText(panes: readonly PaneText[]): () => string {
  const words = useWords().playground
  const { count } = useFigures()
  const subject = useStore(play, (now) => now.subject)
  const summary = useStore(model, (now) => now.summary)
  const score = useStore(evaluation, ({ slots }) => slots.tuned?.verdict)
  return () => {
    const numbers = score && {
      exact: count(score.score.exact),
      recited: count(score.score.recited),
      total: count(score.score.records),
    }
    const sentences = numbers && {
      worked: words.verdict.worked(numbers.exact, numbers.total),
      recites: words.verdict.recites(numbers.recited, numbers.total),
      'not-learned': words.verdict.notLearned(numbers.exact, numbers.total),
    }
    return shareText({
      heading: words.text.heading,
      lines: [
        ...(summary === null ? [] : [`${words.text.model}: ${summary.name}`]),
        ...(subject?.record ? [words.text.record(count(subject.record.row))] : []),
      ],
      parts: (
        [
          ['instruct', subject?.instruct ?? ''],
          ['input', subject?.input ?? ''],
          ['label', subject?.label ?? ''],
        ] as const
      )
        .filter(([, text]) => text !== '')
        .map(([name, text]) => ({ name, text })),
      panes: panes
        .filter(({ from }) => from !== 'none')
        .map(({ slot, row, text }) => ({ name: `${words.slots[slot]} · ${words.rows[row]}`, text })),
      verdict: score && sentences ? sentences[score.kind] : '',
    })
  }
}
