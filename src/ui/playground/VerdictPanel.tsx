// The verdict on the whole data set, on this record, and on the twin; or the button that asks for it.

import { go } from '../../session/address.ts'
import { askedAs } from '../../session/askedAs.ts'
import { answerLength, evaluation, scoreSlot, stopScoring } from '../../session/evaluation.ts'
import { play } from '../../session/play.ts'
import { preview } from '../../session/preview.ts'
import { run } from '../../session/run.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { markedParts, shareOf } from './markedParts.ts'
import { paneText } from './paneTexts.ts'
import { useForm } from './useForm.ts'
import { usePlayable } from './usePlayable.ts'
import { VerdictNote } from './VerdictNote.tsx'
import styles from './VerdictPanel.module.css'

export function VerdictPanel() {
  const { playground, training } = useWords()
  const words = playground.verdict
  const { count } = useFigures()
  const held = useStore(run, ({ histories }) => histories.tuned?.held === true)
  const { slots, problem } = useStore(evaluation)
  if (!held && slots.tuned === null) return null
  const before = slots.base?.verdict.score
  return (
    <Panel
      title={words.title}
      actions={held && slots.tuned !== null && <Button onClick={() => go('keep')}>{training.summary.keep}</Button>}
    >
      {problem !== null && <ProblemNote problem={problem} />}
      {slots.tuned === null && <AskAll />}
      <VerdictNote slot="tuned">
        {before !== undefined && <p>{words.before(count(before.exact), count(before.records))}</p>}
        <RecordEvidence />
      </VerdictNote>
      <VerdictNote slot="twin" />
    </Panel>
  )
}

function AskAll() {
  const words = useWords().playground.verdict
  const { count } = useFigures()
  const { status, done, total } = useStore(evaluation)
  const rows = useStore(preview, (now) => now.report?.rows)
  const { reason } = usePlayable()
  const busy = reason === 'training' || reason === 'saving' || reason === 'model'
  return (
    <div className={styles.ask}>
      <p>{status === 'scoring' ? words.asking(count(done), count(total)) : words.none}</p>
      {status === 'scoring' ? (
        <Button size="small" onClick={stopScoring}>
          {words.stop}
        </Button>
      ) : (
        <Button
          size="small"
          disabled={busy || rows === undefined}
          onClick={() => void scoreSlot('tuned', answerLength(rows ?? []), askedAs())}
        >
          {words.ask}
        </Button>
      )}
    </div>
  )
}

/** What the open panes of the tuned model say of this one record. */
function RecordEvidence() {
  const words = useWords().playground.verdict
  const { percent } = useFigures()
  const now = useStore(play)
  const scores = useStore(evaluation)
  const form = useForm()
  const { subject } = now
  if (subject === null || subject.label === '') return null
  const alone = paneText('tuned', 'instruct', now, scores, form)
  const both = paneText('tuned', subject.input === '' ? 'instruct' : 'both', now, scores, form)
  if (both.from === 'none') return null
  const exact = both.text.normalize('NFC').trim() === subject.label.normalize('NFC').trim()
  // All of its words in another order are still not the label.
  const given = Math.min(0.99, shareOf(markedParts(both.text, subject), 'label', subject.label))
  const recited = shareOf(markedParts(alone.text, subject), 'input', subject.input)
  const parts = [
    exact ? words.gaveExact : words.gaveShare(percent(given)),
    ...(alone.from === 'none' || subject.input === ''
      ? []
      : [recited === 0 ? words.recitedNone : words.recitedShare(percent(recited))]),
  ]
  return <p>{words.thisRecord(parts)}</p>
}
