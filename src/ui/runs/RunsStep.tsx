// The step Runs: the runs of before, or the one that the address names.

import { address, go, sayAddress } from '../../session/address.ts'
import { itemsOf, shelf } from '../../session/shelf.ts'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { useStore } from '../kit/useStore.ts'
import { ShelfProblem } from '../shelf/ShelfPanel.tsx'
import { ShelfRow } from '../shelf/ShelfRow.tsx'
import { TakenOffNote } from '../shelf/TakenOffNote.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import { RunPage } from './RunPage.tsx'
import styles from './RunsStep.module.css'

export function RunsStep() {
  const { runs: words, shelf: shelfWords } = useWords()
  const named = useStore(address, (now) => now.run)
  const { status, items } = useStore(shelf)
  if (named !== null) return <RunPage key={named} id={named} />
  const runs = itemsOf(items, 'run')
  return (
    <div className={styles.step}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <p>{status === 'missing' ? words.missing : words.intro}</p>
      </header>
      <ShelfProblem />
      <TakenOffNote />
      {runs.length > 0 ? (
        <ul className={styles.items} aria-label={shelfWords.list}>
          {runs.map((item) => (
            <li key={item.id} className={styles.item}>
              <RunRow item={item} />
            </li>
          ))}
        </ul>
      ) : (
        status === 'ready' && (
          <EmptyState
            title={words.empty.title}
            actions={
              <Button variant="primary" onClick={() => go('train')}>
                {words.empty.train}
              </Button>
            }
          >
            {words.empty.text}
          </EmptyState>
        )
      )}
    </div>
  )
}

function RunRow({ item }: { item: ReturnType<typeof itemsOf<'run'>>[number] }) {
  const { runs: words } = useWords()
  const { count, precise, moment } = useFigures()
  const { method, steps, lastLoss, verdict, twin } = item.about
  const facts = [
    words.made(moment(item.made)),
    words.methods[method],
    words.steps(count(steps), steps === 1),
    ...(lastLoss === null ? [] : [words.loss(precise(lastLoss))]),
    verdict === null ? words.unjudged : words.verdicts[verdict],
    ...(twin ? [words.withTwin] : []),
  ]
  const name = (
    <a className={styles.link} href={sayAddress({ step: 'runs', record: null, run: item.id })}>
      {item.name}
    </a>
  )
  return <ShelfRow item={item} name={name} facts={facts} onOpen={null} />
}
