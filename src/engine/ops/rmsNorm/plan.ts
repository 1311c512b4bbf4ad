// RMSNorm in a plan. Backward it is made from x and the inverse root mean squares again, so nothing as wide as x is kept beside x.

import type { Builder } from '../../plan/builder.ts'
import { elementsOf, layerName, type Value } from '../../plan/values.ts'

/** x [N, G·width], weight [width]: each run of `width` elements is normed by itself. */
export function rmsNorm(build: Builder, x: Value, weight: Value, eps: number): Value {
  const [width = 1] = weight.shape
  const rows = elementsOf(x) / width
  const out = build.scratch(layerName(weight), x.shape)
  const inverseRms = build.scratch(`${layerName(weight)} 1/rms`, [rows])
  build.call({ kernel: 'rmsNorm', reads: { x, weight }, writes: { out, inverseRms }, numbers: { rows, width, eps } })
  build.onBackward(out, [x, weight], (dOut) => {
    const dWeight = build.gradientOf(weight)
    if (dWeight)
      build.call({
        kernel: 'rmsNormWeightGradient',
        reads: { x, inverseRms, dOut },
        writes: { dWeight: dWeight.into },
        numbers: { rows, width, accumulate: dWeight.accumulate },
      })
    const dx = build.gradientOf(x)
    if (dx)
      build.call({
        kernel: 'rmsNormBackward',
        reads: { x, weight, inverseRms, dOut },
        writes: { dx: dx.into },
        numbers: { rows, width, accumulate: dx.accumulate },
      })
  })
  return out
}
