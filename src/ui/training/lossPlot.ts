// The loss curve on a canvas, by uPlot: raw points faint, smoothed lines strong, epochs as ticks above; wheel and drag zoom.
// Colours come from the page's tokens and are read again when the theme changes.
// Must not know: React, runs, words.

import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { type ChartData, epochTicks } from './chartData.ts'

export type LossPlot = {
  draw: (data: ChartData, stepsPerEpoch: number) => void
  /** Shows the reading line at a place in the data; null takes it away. */
  readAt: (index: number | null) => void
  zoom: (factor: number) => void
  showAll: () => void
  destroy: () => void
}

type Listeners = { onRead: (index: number | null) => void; onZoom: (zoomed: boolean) => void }
type Colours = { ink: string; line: string; raw: string; smooth: string; second: string; secondRaw: string; heldOut: string }

const height = 320
const tickDistance = 46

export function createLossPlot(element: HTMLElement, { onRead, onZoom }: Listeners): LossPlot {
  let colours = readColours(element)
  let stepsPerEpoch = 0
  let all = { min: 0, max: 1 }
  let zoomed = false

  const curve = (stroke: () => string, width: number): uPlot.Series => ({
    stroke,
    width,
    spanGaps: false,
    points: { show: false },
  })
  const dots = (stroke: () => string): uPlot.Series => ({
    stroke,
    width: 1,
    paths: () => null,
    points: { show: true, size: 4, width: 0, fill: stroke },
  })
  const plot = new uPlot(
    {
      width: Math.max(200, element.clientWidth),
      height,
      legend: { show: false },
      scales: { x: { time: false }, y: { range: (_, low, high) => lossRange(low, high) } },
      cursor: { y: false, drag: { x: true, y: false }, points: { size: 7, fill: () => colours.smooth } },
      series: [
        {},
        dots(() => colours.raw),
        dots(() => colours.secondRaw),
        curve(() => colours.smooth, 2.5),
        { ...curve(() => colours.second, 2.5), dash: [8, 4] },
        {
          ...curve(() => colours.heldOut, 2),
          spanGaps: true,
          points: { show: true, size: 7, fill: () => colours.heldOut },
        },
      ],
      axes: [
        {
          ...axisLook(() => colours),
          grid: { show: false },
          size: 34,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
        },
        { ...axisLook(() => colours), size: (_, values) => Math.max(48, 16 + 8 * longest(values)) },
        {
          ...axisLook(() => colours),
          scale: 'x',
          side: 0,
          size: 26,
          splits: (self, _, from, to) => [
            ...epochTicks(from, to, stepsPerEpoch, self.bbox.width / devicePixelRatio / tickDistance),
          ],
          values: (_, splits) => splits.map((step) => String(Math.round(step / stepsPerEpoch))),
        },
      ],
      hooks: {
        setCursor: [(self) => onRead(self.cursor.idx ?? null)],
        setScale: [
          (self, key) => {
            if (key !== 'x') return
            const { min, max } = self.scales.x ?? {}
            const now = min != null && max != null && (min > all.min || max < all.max)
            if (now !== zoomed) onZoom(now)
            zoomed = now
          },
        ],
      },
    },
    [[], [], [], [], [], []],
    element,
  )

  function showPart(from: number, to: number) {
    plot.setScale('x', { min: Math.max(all.min, from), max: Math.min(all.max, to) })
  }

  function zoomAround(centre: number, factor: number) {
    const { min, max } = plot.scales.x ?? {}
    if (min == null || max == null) return
    const [from, to] = [centre - (centre - min) * factor, centre + (max - centre) * factor]
    if (to - from >= 2) showPart(from, to)
  }

  const wheel = (event: WheelEvent) => {
    // Scrolling out of the whole curve goes on scrolling the page.
    if (event.deltaY > 0 && !zoomed) return
    event.preventDefault()
    zoomAround(plot.posToVal(event.offsetX, 'x'), event.deltaY > 0 ? 1.25 : 0.8)
  }
  plot.over.addEventListener('wheel', wheel, { passive: false })
  const resized = new ResizeObserver(() => plot.setSize({ width: Math.max(200, element.clientWidth), height }))
  resized.observe(element)
  const themed = new MutationObserver(() => {
    colours = readColours(element)
    plot.redraw(false, true)
  })
  themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })

  return {
    draw: (data, epochSteps) => {
      stepsPerEpoch = epochSteps
      all = { min: data.steps[0] ?? 0, max: data.steps.at(-1) ?? 1 }
      const columns = [data.steps, data.raw, data.twinRaw, data.smooth, data.twinSmooth, data.heldOut]
      const [x = [], ...rest] = columns.map((column) => [...column])
      plot.setData([x.map((step) => step ?? 0), ...rest], !zoomed)
      if (zoomed) plot.redraw(true, true)
    },
    readAt: (index) => {
      const step = index === null ? undefined : plot.data[0][index]
      const left = step === undefined ? -10 : plot.valToPos(step, 'x')
      plot.setCursor({ left, top: step === undefined ? -10 : plot.over.clientHeight / 2 })
    },
    zoom: (factor) => {
      const { min, max } = plot.scales.x ?? {}
      if (min == null || max == null) return
      const read = plot.cursor.idx == null ? undefined : plot.data[0][plot.cursor.idx]
      zoomAround(read ?? (min + max) / 2, factor)
    },
    showAll: () => plot.setScale('x', all),
    destroy: () => {
      resized.disconnect()
      themed.disconnect()
      plot.over.removeEventListener('wheel', wheel)
      plot.destroy()
    },
  }
}

/** From 0 where the loss comes near it, so that a fall looks as deep as it is; else close around the values. */
function lossRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1]
  const room = Math.max((high - low) * 0.08, high * 0.02, 1e-6)
  return [low < high * 0.5 ? 0 : low - room, high + room]
}

function axisLook(colours: () => Colours): uPlot.Axis {
  const line = { stroke: () => colours().line, width: 1 }
  return { stroke: () => colours().ink, font: '12px system-ui, sans-serif', grid: line, ticks: { ...line, size: 4 } }
}

function readColours(element: HTMLElement): Colours {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: read('--ink-quiet'),
    line: read('--line'),
    raw: read('--chart-raw'),
    smooth: read('--chart-line'),
    second: read('--chart-second'),
    heldOut: read('--chart-held-out'),
    // The token is a hex colour; two more digits make it faint.
    secondRaw: `${read('--chart-second')}70`,
  }
}

function longest(labels: readonly string[] | null): number {
  return (labels ?? []).reduce((most, { length }) => Math.max(most, length), 0)
}
