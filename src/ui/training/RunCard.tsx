// All of the next run at a glance, beside the one button: what it is, whether it is ready, and if not, what is missing and where to get it.

import { address, go, sayAddress } from '../../session/address.ts'
import { changeChoices, runChoices } from '../../session/runChoices.ts'
import { changeSetting } from '../../session/settings.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { Switch } from '../kit/Switch.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './RunCard.module.css'
import { RunCardFacts } from './RunCardFacts.tsx'
import type { Missing } from './runFacts.ts'
import { TooLargeNote } from './TooLargeNote.tsx'
import { TrainButton } from './TrainButton.tsx'
import { useRunFacts } from './useRunFacts.ts'

export function RunCard({ underWay }: { underWay: boolean }) {
  const words = useWords().training.card
  const { count } = useFigures()
  const facts = useRunFacts()
  const { leaveOutUnlearnable } = useStore(runChoices)
  const blocked = facts.missing !== null || (facts.unlearnable > 0 && !leaveOutUnlearnable)
  return (
    <Panel title={words.title}>
      <RunCardFacts facts={facts} />
      {facts.missing === 'memory' && !underWay && <TooLargeNote />}
      {facts.missing !== null && facts.missing !== 'memory' && !underWay && <MissingNote missing={facts.missing} />}
      {facts.unlearnable > 0 && facts.missing === null && (
        <div className={styles.missing}>
          <p>{words.unlearnable(count(facts.unlearnable), facts.unlearnable === 1)}</p>
          <Switch
            label={words.leaveOut}
            checked={leaveOutUnlearnable}
            disabled={underWay}
            onChange={(checked) => changeChoices({ leaveOutUnlearnable: checked })}
          />
        </div>
      )}
      {!blocked && !underWay && (
        <p className={styles.ready}>
          <Icon name="check" />
          {words.ready}
        </p>
      )}
      {/* “Train 0 records” is nothing to press. */}
      {!underWay && facts.missing !== 'data' && <TrainButton facts={facts} disabled={blocked} />}
    </Panel>
  )
}

function MissingNote({ missing }: { missing: Exclude<Missing, 'memory'> }) {
  const words = useWords().training.card.missing
  const record = useStore(address, (now) => now.record)
  return (
    <div className={styles.missing} role="status">
      <p>{words[missing]}</p>
      {missing === 'data' && (
        <Button variant="primary" onClick={() => go('data')}>
          {words.toData}
        </Button>
      )}
      {missing === 'nothing' && <Button onClick={() => go('data')}>{words.toData}</Button>}
      {missing === 'layers' && <a href={sayAddress({ step: 'train', record, setting: 'lora' })}>{words.toLayers}</a>}
      {(missing === 'padWithLora' || missing === 'padTwice') && (
        <Button onClick={() => changeSetting('add_pad_token', false)}>{words.noPad}</Button>
      )}
      {missing === 'noTemplate' && <Button onClick={() => changeSetting('chat_template', false)}>{words.noChat}</Button>}
      {missing === 'evaluation' && <Button onClick={() => changeSetting('eval_strategy', 'epoch')}>{words.toEvaluation}</Button>}
      {missing === 'noneHeldOut' && <Button onClick={() => changeSetting('eval_strategy', 'no')}>{words.noEvaluation}</Button>}
      {missing === 'model' && <Button onClick={() => go('model')}>{words.toModel}</Button>}
    </div>
  )
}
