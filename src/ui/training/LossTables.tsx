// The numbers of the curve as tables: every step as Trainer logs it, and the mean of every epoch.

import type { EpochMean, TrainStep } from '../../protocol/train.ts'
import { VirtualTable } from '../kit/VirtualTable.tsx'
import { useFigures, useWords } from '../words/useWords.ts'

export function StepTable({ steps }: { steps: readonly TrainStep[] }) {
  const { chart } = useWords().training
  const figures = useFigures()
  const { columns } = chart
  return (
    <VirtualTable
      label={chart.tableOf(chart.steps)}
      count={steps.length}
      columns={[
        { key: 'step', head: columns.step, numeric: true },
        { key: 'epoch', head: columns.epoch, numeric: true },
        { key: 'loss', head: columns.loss, numeric: true },
        { key: 'gradNorm', head: columns.gradNorm, numeric: true },
        { key: 'learningRate', head: columns.learningRate, numeric: true },
        { key: 'speed', head: columns.speed, numeric: true },
      ]}
      cells={(index) => {
        const step = steps[index]
        if (step === undefined) return []
        return [
          figures.count(step.step),
          step.epoch.toFixed(2),
          fixed(step.loss),
          fixed(step.gradNorm),
          figures.precise(step.learningRate),
          figures.count(step.tokensPerSecond),
        ]
      }}
    />
  )
}

export function EpochTable({ epochs }: { epochs: readonly EpochMean[] }) {
  const { chart } = useWords().training
  const figures = useFigures()
  const measured = epochs.some(({ evalLoss }) => evalLoss !== null)
  return (
    <VirtualTable
      label={chart.tableOf(chart.epochs)}
      count={epochs.length}
      columns={[
        { key: 'epoch', head: chart.columns.epoch, numeric: true },
        { key: 'mean', head: chart.columns.mean, numeric: true },
        ...(measured ? [{ key: 'heldOut', head: chart.columns.heldOut, numeric: true }] : []),
        { key: 'seconds', head: chart.columns.seconds, numeric: true },
      ]}
      cells={(index) => {
        const epoch = epochs[index]
        if (epoch === undefined) return []
        const heldOut = measured ? [fixed(epoch.evalLoss ?? Number.NaN)] : []
        return [figures.precise(epoch.epoch), fixed(epoch.meanLoss), ...heldOut, epoch.seconds.toFixed(1)]
      }}
    />
  )
}

/** As many decimals in every row, so that the points stand below each other. */
function fixed(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : '–'
}
