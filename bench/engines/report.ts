// docs/engines.md: what the engines took, and the ratios beside their marks.

import { writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { processor } from '../machine.ts'
import { COMPARED_STEP, type Measured, type Timed } from './measure.ts'
import type { Marks } from './task.ts'

export async function writeReport(measured: readonly Measured[], rounds: number): Promise<void> {
  const steps = measured[0]?.engines[0]?.steps ?? 0
  const text = `# The plan beside other engines

Made by \`npm run bench:engines\` on ${new Date().toISOString().slice(0, 10)}: ${await processor()}, ${cpus().length} cores, Node ${process.versions.node}; load of the machine at the end ${loadavg()[0]?.toFixed(1)}.

One training step: forward, backward and AdamW on every weight in f32, half of the tokens learned, one thread, the same weights and the same batch for all (the losses of step ${COMPARED_STEP} are beside the times).
The engines take turns, two steps each, ${rounds} rounds in one process, each behind 3 s of warm-up and more; times are medians of ${steps} steps, the quickest and the slowest behind them.
Other work on the machine slows whoever's turn it is: the ratios of one table are worth more than its milliseconds.

- **plan**: what Tabtune trains with where it has no GPU, on its own kernels.
- **eager**: Tabtune's interpreter of single ops on TensorFlow.js' wasm backend, with products and gradients of its own.
- **plain TensorFlow.js** 4.22 on wasm: plain ops, the library's gradients, \`tf.train.adam\` (\`bench/engines/plainTensorFlow.ts\`); logits at all positions, or at learned positions only.
- **jax-js** 0.1.25 on wasm: the whole step jitted, logits at learned positions only (\`bench/engines/jax.ts\`).
- **PyTorch** on the CPU, one thread (\`bench/engines/torchStep.py\`).

Nothing is clipped; the plan and eager work out the gradients' norm all the same.

${measured.map(section).join('\n')}`
  await writeFile('docs/engines.md', text)
}

function section({ task, engines, absent }: Measured): string {
  const plan = engines.find(({ name }) => name === 'plan')
  const { marks } = task
  const { heads, kvHeads, ffn } = task.shape
  const rows = engines.map(
    (engine) =>
      `| ${engine.name} | ${engine.ms.toFixed(1)} | ${spreadOf(engine)} | ${compared(engine, plan, marks)} | ${engine.loss.toFixed(4)} |`,
  )
  const missing = absent.map(({ name, reason }) => `| ${name} | absent: ${reason} | | | ${markText(marks[name])} | | |`)
  return `## ${task.title}

${heads} heads, ${kvHeads} key heads, feed-forward ${ffn}.

| engine | ms a step | from to | times the plan's | mark | met | loss |
| --- | --- | --- | --- | --- | --- | --- |
${[...rows, ...missing].join('\n')}
`
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
