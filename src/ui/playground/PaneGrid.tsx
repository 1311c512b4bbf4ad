// The panes: a column for each model, a row for each prompt. All of them write at once.

import { go } from '../../session/address.ts'
import { evaluation } from '../../session/evaluation.ts'
import { play } from '../../session/play.ts'
import { Button } from '../kit/Button.tsx'
import { CopyButton } from '../kit/CopyButton.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { MarkLegend } from './MarkedText.tsx'
import styles from './PaneGrid.module.css'
import { PaneView } from './PaneView.tsx'
import { paneText } from './paneTexts.ts'
import { useForm } from './useForm.ts'
import { usePlayable } from './usePlayable.ts'
import { useShareText } from './useShareText.ts'

export function PaneGrid() {
  const words = useWords().playground
  const { count } = useFigures()
  const now = useStore(play)
  const scores = useStore(evaluation)
  const { slots, rows } = usePlayable()
  const form = useForm()
  const panes = rows.flatMap((row) => slots.map((slot) => paneText(slot, row, now, scores, form)))
  const share = useShareText(panes)
  const empty = panes.every(({ from }) => from === 'none')
  const against = now.subject ?? { label: '', input: '' }
  return (
    <Panel
      title={words.panes.title}
      actions={<CopyButton label={words.share} done={words.shared} text={share} disabled={empty} />}
    >
      {now.problem !== null && <ProblemNote problem={now.problem} />}
      {slots.length === 1 && (
        <p className={styles.note}>
          {words.toTrain}
          <Button variant="quiet" size="small" onClick={() => go('train')}>
            {words.train}
          </Button>
        </p>
      )}
      <div className={styles.grid} data-columns={slots.length === 1 ? rows.length : slots.length}>
        {panes.map((pane) => (
          <PaneView key={`${pane.slot} ${pane.row}`} pane={pane} against={against} writing={now.status === 'writing'} />
        ))}
      </div>
      <div className={styles.foot}>
        <MarkLegend />
        {now.tokensPerSecond !== null && <p className={styles.note}>{words.panes.speed(count(now.tokensPerSecond))}</p>}
      </div>
    </Panel>
  )
}
