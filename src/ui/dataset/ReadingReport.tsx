// What a file holds and every problem with it. Rows with errors are left out only after the person has seen this list.

import type { DatasetReading } from '../../protocol/dataset.ts'
import { dataset, putReadingAway, takeReading } from '../../session/dataset.ts'
import { Button } from '../kit/Button.tsx'
import { Tile, Tiles } from '../kit/Tile.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { ColumnTable } from './ColumnTable.tsx'
import { ProblemTable } from './ProblemTable.tsx'
import styles from './ReadingReport.module.css'

/** `waiting`: the reading is not in use yet and waits for the person's word. */
export function ReadingReport({ reading, waiting = false }: { reading: DatasetReading; waiting?: boolean }) {
  const { dataset: words } = useWords()
  const { bytes, count } = useFigures()
  const before = useStore(dataset, (now) => now.inUse)
  const all = reading.problems.length + reading.moreProblems
  return (
    <section className={waiting ? styles.report : styles.panel} aria-labelledby="reading-title">
      {waiting ? (
        <h1 id="reading-title">{words.report.title(reading.name)}</h1>
      ) : (
        <h2 id="reading-title">{words.report.title(reading.name)}</h2>
      )}
      <Tiles>
        <Tile label={words.report.records} value={count(reading.rows)} />
        <Tile label={words.report.good} value={count(reading.goodRows)} />
        <Tile label={words.report.format} value={words.formats[reading.format]} />
        <Tile label={words.report.encoding} value={words.encodings[reading.encoding]} />
        <Tile label={words.report.size} value={bytes(reading.bytes)} />
        <Tile label={words.report.kind} value={words.kinds[reading.kind]} />
      </Tiles>
      {reading.columns.length > 0 && (
        <ColumnTable columns={reading.columns} rows={reading.rows} heading={waiting ? 'h2' : 'h3'} />
      )}
      {all === 0 ? <p>{words.report.noProblems}</p> : <ProblemTable reading={reading} heading={waiting ? 'h2' : 'h3'} />}
      {waiting && (
        <div className={styles.actions}>
          {reading.goodRows > 0 ? (
            <Button variant="primary" onClick={() => void takeReading()}>
              {words.report.load(count(reading.goodRows), reading.goodRows === 1)}
            </Button>
          ) : (
            <p className={styles.none}>{words.report.noneGood}</p>
          )}
          <Button onClick={putReadingAway}>
            {before === null ? words.report.dropIt : words.report.keepOld(before.source.name)}
          </Button>
          <p className={styles.seen}>{words.report.seen}</p>
        </div>
      )}
    </section>
  )
}
