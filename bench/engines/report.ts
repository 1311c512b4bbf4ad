// docs/engines.md and docs/engines-webgpu.md: what the engines took, and the ratios beside their marks.

import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import type { ProductLimit } from '../../src/engine/plan/productLimit.ts'
import { processor } from '../machine.ts'
import { COMPARED_STEP, type Measured, type Timed } from './measure.ts'
import type { Marks, Place, Task } from './task.ts'

export type Report = {
  measured: readonly Measured[]
  rounds: number
  place: Place
  /** The best product on the same target, in the same run. */
  limit: ProductLimit
  /** The GPU's own name; empty on wasm. */
  adapter: string
}

export async function writeReport({ measured, rounds, place, limit, adapter }: Report): Promise<void> {
  const steps = measured[0]?.engines[0]?.steps ?? 0
  const command = place === 'wasm' ? 'npm run bench:engines' : 'npm run bench:engines -- --backend webgpu'
  const text = `# The plan beside other engines, on ${place === 'wasm' ? 'the CPU' : 'WebGPU'}

Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${adapter === '' ? '' : `${adapter}; `}${await processor()}, ${cpus().length} cores, Node ${process.versions.node}; load of the machine at the end ${loadavg()[0]?.toFixed(1)}.

One training step: forward, backward and AdamW on every weight in f32, half of the tokens learned, ${place === 'wasm' ? 'one thread, ' : ''}the same weights and the same batch for all (the losses of step ${COMPARED_STEP} are beside the times).
The engines take turns, two steps that count each, ${rounds} rounds in one process, each behind 3 s of warm-up and more; times are medians of ${steps} steps, the quickest and the slowest behind them.
Other work on the machine slows whoever's turn it is: the ratios of one table are worth more than its milliseconds.
The best product of the plan's own kernels in the same run: ${limit.gflops.toFixed(1)} GFLOP/s at ${limit.size} × ${limit.size} × ${limit.size}.

- **plan**: what Tabtune trains with, on its own kernels.
- **eager**: Tabtune's interpreter of single ops on TensorFlow.js' backend, with products and gradients of its own.
- **plain TensorFlow.js** 4.22: plain ops, the library's gradients, \`tf.train.adam\` (\`bench/engines/plainTensorFlow.ts\`); logits at all positions, or at learned positions only.
- **jax-js** 0.1.25: the whole step jitted, logits at learned positions only (\`bench/engines/jax.ts\`).${place === 'wasm' ? '\n- **PyTorch** on the CPU, one thread (`bench/engines/torchStep.py`).' : '\n\nA validation error of a device ends the run of the engine that made it.'}

The peak is the most that is held in a step, weights and optimiser included: the plan's by its layout, TensorFlow.js' by \`tf.profile\`.

Nothing is clipped; the plan and eager work out the gradients' norm all the same.

${measured.map((one) => section(one, limit)).join('\n')}`
  await writeFile(place === 'wasm' ? 'docs/engines.md' : 'docs/engines-webgpu.md', text)
}

function section({ task, engines, absent }: Measured, limit: ProductLimit): string {
  const plan = engines.find(({ name }) => name === 'plan')
  const { marks } = task
  const { heads, kvHeads, ffn } = task.shape
  const rows = engines.map(
    (engine) =>
      `| ${engine.name} | ${engine.ms.toFixed(1)} | ${spreadOf(engine)} | ${compared(engine, plan, marks)} | ${engine.loss.toFixed(4)} | ${engine.peakBytes === null ? '' : (engine.peakBytes / 1e6).toFixed(0)} |`,
  )
  const missing = absent.map(({ name, reason }) => `| ${name} | absent: ${reason} | | | ${markText(marks[name])} | | | |`)
  return `## ${task.title}

${heads} heads, ${kvHeads} key heads, feed-forward ${ffn}.${plan ? ` ${shareText(plan, task, limit)}` : ''}

| engine | ms a step | from to | times the plan's | mark | met | loss | peak MB |
| --- | --- | --- | --- | --- | --- | --- | --- |
${[...rows, ...missing].join('\n')}
`
}

/** What of the best product the plan's step reaches: its products and attention over all of its time. */
function shareText({ ms }: Timed, { flops, limitShare }: Task, limit: ProductLimit): string {
  const reached = flops / ms / 1e6
  const share = reached / limit.gflops
  const mark = limitShare === null ? '' : `, of at least ${100 * limitShare} %`
  return `The plan's ${(flops / 1e9).toFixed(2)} Gflop run at ${reached.toFixed(1)} GFLOP/s, ${(100 * share).toFixed(0)} % of the best product${mark}.`
}

const spreadOf = ({ spread: [least, most] }: Timed) => `${least.toFixed(1)} to ${most.toFixed(1)}`

/** Ratio, mark, whether it is met. */
function compared({ name, ms }: Timed, plan: Timed | undefined, marks: Marks): string {
  if (plan === undefined || name === 'plan') return ' | | '
  const ratio = ms / plan.ms
  const mark = marks[name]
  const met = mark === undefined ? '' : ratio >= mark ? 'yes' : 'no'
  return `${ratio.toFixed(2)} | ${markText(mark)} | ${met}`
}

function markText(mark: number | undefined): string {
  return mark === undefined ? '' : `at least ${Number(mark.toFixed(2))}`
}
