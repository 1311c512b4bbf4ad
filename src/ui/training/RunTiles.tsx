// The run in numbers, each with its unit and what it means.

import { backend } from '../../session/backend.ts'
import { isUnderWay, type RunHistory, type RunStatus } from '../../session/runState.ts'
import { Tile, Tiles } from '../kit/Tile.tsx'
import { useStore } from '../kit/useStore.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { smoothed, smoothingOver } from './smoothed.ts'
import { timeLeftMs } from './timeLeft.ts'

export function RunTiles({ history, status }: { history: RunHistory; status: RunStatus }) {
  const { training, app } = useWords()
  const words = training.tiles
  const figures = useFigures()
  const { report } = useStore(backend)
  const { steps, plan, summary } = history
  const last = steps.at(-1)
  const smooth = smoothed(
    steps.slice(-200).map(({ loss }) => loss),
    smoothingOver(plan?.stepsPerEpoch ?? 0),
  ).at(-1)
  const left = timeLeftMs({
    stepsDone: steps.length,
    totalSteps: plan?.totalSteps ?? 0,
    trainedMs: history.trainedMs,
    lastStepMs: last?.stepMs ?? 0,
  })
  const number = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? '–' : figures.precise(value))
  const stepText = words.stepOf(figures.count(last?.step ?? 0), figures.count(plan?.totalSteps ?? 0))
  const running = isUnderWay(status) && summary === null
  return (
    <Tiles>
      <Tile label={words.step.name} meaning={words.step.about} value={stepText} />
      <Tile label={words.epoch.name} meaning={words.epoch.about} value={(last?.epoch ?? 0).toFixed(2)} />
      <Tile label={words.loss.name} meaning={words.loss.about} value={number(smooth)} />
      <Tile label={words.raw.name} meaning={words.raw.about} value={number(last?.loss)} />
      <Tile label={words.gradNorm.name} meaning={words.gradNorm.about} value={number(last?.gradNorm)} />
      <Tile label={words.learningRate.name} meaning={words.learningRate.about} value={number(last?.learningRate)} />
      <Tile
        label={words.speed.name}
        meaning={words.speed.about}
        value={last === undefined ? '–' : figures.count(last.tokensPerSecond)}
        unit={words.speedUnit}
      />
      {running ? (
        <Tile label={words.left.name} meaning={words.left.about} value={left === null ? '–' : figures.time(left / 1000)} />
      ) : (
        <Tile
          label={words.took.name}
          meaning={words.took.about}
          value={figures.time(summary?.seconds ?? history.trainedMs / 1000)}
        />
      )}
      <Tile label={words.backend.name} meaning={words.backend.about} value={report === null ? '–' : app.backendName(report)} />
      <Tile
        label={words.memory.name}
        meaning={plan?.checkpointing ? words.memory.checkpointed : words.memory.about}
        value={last === undefined ? '–' : figures.bytes(last.bytesHeld)}
      />
    </Tiles>
  )
}
