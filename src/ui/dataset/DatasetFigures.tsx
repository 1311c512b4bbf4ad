// What will be learned of the whole data set, in figures.

import type { PreviewReport } from '../../protocol/dataset.ts'
import { model } from '../../session/model.ts'
import { Icon } from '../kit/Icon.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Tile, Tiles } from '../kit/Tile.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './DatasetFigures.module.css'
import { Histogram } from './Histogram.tsx'
import { MaskControls } from './MaskControls.tsx'

export function DatasetFigures({ report }: { report: PreviewReport }) {
  const { figures } = useWords().dataset
  const { count, percent } = useFigures()
  const limit = useStore(model, ({ summary }) => summary?.max_position_embeddings)
  const { statistics: all, endToken } = report
  const share = all.tokens === 0 ? 0 : all.learnedTokens / all.tokens
  return (
    <Panel title={figures.title}>
      <div className={styles.figures}>
        <Tiles>
          <Tile label={figures.records} meaning={figures.recordsMeaning} value={count(all.records)} />
          <Tile label={figures.tokens} meaning={figures.tokensMeaning} value={count(all.tokens)} />
          <Tile
            label={figures.learned}
            meaning={figures.learnedMeaning}
            value={count(all.learnedTokens)}
            detail={figures.ofAll(percent(share))}
          />
          <Tile
            label={figures.longest}
            meaning={figures.longestMeaning}
            value={count(all.longest)}
            unit={figures.unit}
            detail={limit === undefined ? undefined : figures.limit(count(limit))}
          />
          <Tile label={figures.cut} meaning={figures.cutMeaning} value={count(all.truncated + all.dropped)} />
          <Tile label={figures.duplicates} meaning={figures.duplicatesMeaning} value={count(all.duplicates)} />
        </Tiles>
        <Histogram bins={all.histogram} />
      </div>
      <MaskControls />
      {endToken.problem?.code !== 'dataset.no-turn-end' && (
        <p className={endToken.learnedInAll ? styles.calm : styles.warn}>
          <Icon name={endToken.learnedInAll ? 'check' : 'warning'} />
          {endToken.learnedInAll ? figures.endLearned(endToken.text) : figures.endNotLearned(endToken.text)}
        </p>
      )}
      {endToken.problem !== null && <ProblemNote problem={endToken.problem} tone="warn" />}
    </Panel>
  )
}
