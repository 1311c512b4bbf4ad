// The open model: its figures, its shape in config.json's own names, and the memory that training it takes.

import type { ModelSource, ModelSummary } from '../../protocol/model.ts'
import { Panel } from '../kit/Panel.tsx'
import { Tag } from '../kit/Tag.tsx'
import { Tile, Tiles } from '../kit/Tile.tsx'
import { KeepOpened } from '../shelf/KeepOpened.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import { MemoryBar } from './MemoryBar.tsx'
import { ModelShape } from './ModelShape.tsx'

export function ModelCard({ summary, source }: { summary: ModelSummary; source: ModelSource }) {
  const { model: words } = useWords()
  const { bytes, count, short } = useFigures()
  const { figures } = words
  const from = { embedded: words.embedded, files: words.fromFiles, shelf: words.fromShelf, folder: words.fromFolder }
  return (
    <Panel
      title={summary.name}
      actions={
        <>
          <KeepOpened what="model" />
          <Tag>{from[source.kind]}</Tag>
          <Tag tone="accent">{words.ready}</Tag>
        </>
      }
    >
      <Tiles>
        <Tile label={figures.parameters} meaning={figures.parametersMeaning} value={short(summary.parameters)} />
        <Tile label={figures.size} meaning={figures.sizeMeaning} value={bytes(summary.bytesOnDisk)} />
        <Tile label={figures.license} value={summary.license === '' ? figures.noLicense : summary.license} />
        <Tile
          label={figures.context}
          meaning={figures.contextMeaning}
          value={count(summary.max_position_embeddings)}
          unit={figures.tokens}
        />
        <Tile
          label={figures.vocabulary}
          meaning={figures.vocabularyMeaning}
          value={count(summary.vocab_size)}
          unit={figures.tokens}
        />
      </Tiles>
      <MemoryBar />
      <ModelShape summary={summary} />
    </Panel>
  )
}
