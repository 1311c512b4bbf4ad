// The LoRA adapter beside the model: what it is, opening one, taking it away. Nothing of what is open changes before it has been read.

import type { AdapterSummary } from '../../protocol/model.ts'
import { adapterOpening, dismissAdapterProblem, removeAdapter, stopOpeningAdapter } from '../../session/adapter.ts'
import { takeAdapter, takeFolder } from '../../session/dropped.ts'
import { model } from '../../session/model.ts'
import { unlessLosing } from '../../session/unsaved.ts'
import { Button } from '../kit/Button.tsx'
import { Panel } from '../kit/Panel.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { Progress } from '../kit/Progress.tsx'
import { Tag } from '../kit/Tag.tsx'
import { Tile, Tiles } from '../kit/Tile.tsx'
import { useStore } from '../kit/useStore.ts'
import { KeepOpened } from '../shelf/KeepOpened.tsx'
import { useFigures, useWords } from '../words/useWords.ts'
import styles from './AdapterPanel.module.css'
import { ChooseFiles } from './ChooseFiles.tsx'
import { nameOf } from './nameOf.ts'

export function AdapterPanel() {
  const { adapter: words } = useWords().model
  const adapter = useStore(model, ({ summary }) => summary?.adapter ?? null)
  const { opening, problem, refused } = useStore(adapterOpening)
  return (
    <Panel
      title={adapter === null ? words.title : words.titled(adapter.name)}
      actions={
        adapter !== null && (
          <>
            <KeepOpened what="adapter" />
            <Tag tone="accent">{words.open}</Tag>
            <Button size="small" onClick={() => remove(adapter.name)}>
              {words.remove}
            </Button>
          </>
        )
      }
    >
      {adapter === null ? <p className={styles.about}>{words.about}</p> : <AdapterFigures adapter={adapter} />}
      {problem !== null && (
        <section aria-label={words.failed(nameOf(refused))}>
          <ProblemNote problem={problem}>
            <p>{words.stays}</p>
            <Button size="small" onClick={dismissAdapterProblem}>
              {words.dismiss}
            </Button>
          </ProblemNote>
        </section>
      )}
      {opening !== null && <Opening name={nameOf(opening)} />}
      <ChooseFiles
        words={{ ...words, lead: adapter === null ? words.drop : words.another }}
        small={adapter !== null}
        onChoose={(files) => void takeAdapter(files)}
        onFolder={(folder) => void takeFolder(folder, true)}
      />
    </Panel>
  )
}

function remove(name: string) {
  void unlessLosing({ what: 'remove-adapter', name }, removeAdapter)
}

function AdapterFigures({ adapter }: { adapter: AdapterSummary }) {
  const { adapter: words } = useWords().model
  const { count } = useFigures()
  const targets = [adapter.target_modules].flat()
  const named = targets.slice(0, 8).join(', ') + (targets.length > 8 ? ', …' : '')
  return (
    <>
      <Tiles>
        <Tile label={words.r} meaning={words.rMeaning} value={count(adapter.r)} />
        <Tile
          label={words.alpha}
          meaning={words.alphaMeaning(adapter.use_rslora ? words.scales.rslora : words.scales.lora)}
          value={String(adapter.lora_alpha)}
        />
        <Tile label={words.layers} meaning={words.layersMeaning} value={count(adapter.modules)} />
        <Tile label={words.parameters} meaning={words.parametersMeaning} value={count(adapter.parameters)} />
      </Tiles>
      <p className={styles.about}>{words.targets(named)}</p>
    </>
  )
}

function Opening({ name }: { name: string }) {
  const { model: words } = useWords()
  const { progress } = useStore(adapterOpening)
  return (
    <div className={styles.opening} role="status">
      <p>{words.adapter.opening(name)}</p>
      <Progress label={words.adapter.opening(name)} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <Button size="small" onClick={stopOpeningAdapter}>
        {words.stop}
      </Button>
    </div>
  )
}
