// The curve, its legend and its reading line. Arrow keys go from step to step, plus and minus zoom, Escape shows all.

import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { EpochMean, TrainStep } from '../../protocol/train.ts'
import { Button } from '../kit/Button.tsx'
import { classes } from '../kit/classes.ts'
import { useFigures, useWords } from '../words/useWords.ts'
import { type ChartData, chartData } from './chartData.ts'
import styles from './LossCurve.module.css'
import { createLossPlot, type LossPlot } from './lossPlot.ts'

type Props = {
  steps: readonly TrainStep[]
  twin: readonly TrainStep[]
  epochs: readonly EpochMean[]
  stepsPerEpoch: number
}

export function LossCurve({ steps, twin, epochs, stepsPerEpoch }: Props) {
  const words = useWords().training.chart
  const say = useReading()
  const data = useMemo(() => chartData(steps, twin, stepsPerEpoch, epochs), [steps, twin, stepsPerEpoch, epochs])
  const [read, setRead] = useState<number | null>(null)
  const [zoomed, setZoomed] = useState(false)
  const { frame, plot } = usePlot(data, stepsPerEpoch, setRead, setZoomed)
  const last = data.steps.length - 1
  const at = read === null ? last : Math.min(read, last)

  const press = (event: KeyboardEvent) => {
    const far = Math.max(10, Math.round(last / 10))
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      PageDown: at - far,
      PageUp: at + far,
      Home: 0,
      End: last,
    }
    const move = moves[event.key]
    if (move !== undefined) plot.current?.readAt(Math.min(last, Math.max(0, move)))
    else if (event.key === '+' || event.key === '=') plot.current?.zoom(0.7)
    else if (event.key === '-') plot.current?.zoom(1.4)
    else if (event.key === 'Escape') plot.current?.showAll()
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.chart}>
      <div className={styles.head}>
        <ul className={styles.legend}>
          <li className={styles.raw}>{words.raw}</li>
          <li className={styles.smooth}>{words.smooth}</li>
          {epochs.some(({ evalLoss }) => evalLoss !== null) && <li className={styles.heldOut}>{words.heldOut}</li>}
          {twin.length > 0 && <li className={styles.second}>{words.twin}</li>}
        </ul>
        <p className={styles.reading}>{last >= 0 ? say(data, at) : words.empty}</p>
      </div>
      <div
        ref={frame}
        className={classes(styles.frame, last < 0 && styles.waiting)}
        role="slider"
        tabIndex={0}
        aria-label={words.read}
        aria-valuemin={data.steps[0] ?? 0}
        aria-valuemax={data.steps[last] ?? 0}
        aria-valuenow={data.steps[at] ?? 0}
        aria-valuetext={last >= 0 ? say(data, at) : words.empty}
        onKeyDown={press}
      />
      <p className={styles.help}>
        {words.help}
        {zoomed && (
          <Button variant="quiet" size="small" onClick={() => plot.current?.showAll()}>
            {words.reset}
          </Button>
        )}
      </p>
    </div>
  )
}

/** The plot lives outside React: made once, and given each new state of the data. */
function usePlot(
  data: ChartData,
  stepsPerEpoch: number,
  onRead: (index: number | null) => void,
  onZoom: (zoomed: boolean) => void,
) {
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<LossPlot | null>(null)
  useEffect(() => {
    if (frame.current === null) return
    plot.current = createLossPlot(frame.current, { onRead, onZoom })
    return () => {
      plot.current?.destroy()
      plot.current = null
    }
  }, [onRead, onZoom])
  useEffect(() => {
    plot.current?.draw(data, stepsPerEpoch)
  }, [data, stepsPerEpoch])
  return { frame, plot }
}

function useReading() {
  const words = useWords().training.chart
  const figures = useFigures()
  const value = (number: number | null | undefined) => (number == null ? '–' : figures.precise(number))
  return (data: ChartData, at: number) => {
    const step = words.at(figures.count(data.steps[at] ?? 0), value(data.raw[at]), value(data.smooth[at]))
    const [twin, heldOut] = [data.twinSmooth[at], data.heldOut[at]]
    return step + (twin == null ? '' : words.atTwin(value(twin))) + (heldOut == null ? '' : words.atHeldOut(value(heldOut)))
  }
}
