// docs/numbers.md as text, from what was measured.

import type { ProbeErrors, RunErrors } from '../../test/golden/cases.ts'
import { tolerances } from '../../test/golden/deviations.ts'

export type CaseNumbers = { who: string; probe: ProbeErrors; run: RunErrors }

export type MeasuredCase = {
  name: string
  rows: readonly CaseNumbers[]
  /** PyTorch's float32 against the same reference in float64, as the reference numbers state it; its step loss is absolute. */
  pytorch: {
    logits: number
    loss: number
    grad_worst: number
    curve: { loss: number; grad_norm_rel: number }
    tuned_update_rel: number
    tuned_update_rel_all: number
  }
}

const abouts: Readonly<Record<string, string>> = {
  'qwen2-tiny': 'Qwen2: tied embeddings, 4 heads over 2 key heads, biases on q, k and v. All weights are trained.',
  'llama-tiny':
    'Llama: a head of its own, no biases, 6 heads over 2 key heads, two micro-batches accumulated in a step, `pad_token_id` in `config.json` (so that row of the embedding gets no gradient on the input side). All weights are trained.',
  'qwen3-tiny': 'Qwen3: q and k normed per head, a `head_dim` that is not `hidden_size` ÷ heads. All weights are trained.',
  'qwen2-tiny-lora':
    'The same Qwen2 with LoRA: rank 4, alpha 8, beside all seven linear layers of each block. Only the adapter is trained.',
}

const short = (error: number) => (error === 0 ? '0' : error.toExponential(1))

/** The whole page. */
export function numbersPage(cases: readonly MeasuredCase[], adapter: string | null): string {
  return `# How far the numbers are from Hugging Face's

Made by \`npm run numbers\` on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}${adapter === null ? '; no WebGPU adapter was there' : `; webgpu ran on ${adapter}`}.
The same measures are tests (\`test/golden/references.test.ts\`), held against the tolerances in the last row of each table.

The reference is what the modelling code and the \`Trainer\` of transformers compute in float64, for small models with random weights.
One batch has padding, \`-100\`, and an end token that doubles as padding; each run has several epochs.
The row *PyTorch* is the unchanged library in float32, held against the same reference: what float32 loses by itself.

- **logits**, **gradients**: largest absolute error ÷ largest absolute value of the tensor; of the gradients the worst tensor. **loss**: relative.
- **step loss**, **gradient norm**: largest relative error of any step of the run (PyTorch's step loss is given as an absolute error). The learning rate of every step is exact to ${short(tolerances.learningRate)}.
- **weights**: norm of (ours − reference) ÷ norm of (reference − start), for all trained tensors together, and for the worst one.
- **texts**: greedy continuations, of base and tuned model, that are the reference's token by token.

${cases.map(caseTable).join('\n')}`
}

function caseTable({ name, rows, pytorch }: MeasuredCase): string {
  const head = ['', 'logits', 'loss', 'gradients', 'step loss', 'gradient norm', 'weights', 'worst tensor', 'texts']
  const lines = [
    head,
    head.map(() => '---'),
    ...rows.map(({ who, probe, run }) => [
      who,
      short(probe.logits),
      short(probe.loss),
      short(probe.gradient.error),
      short(run.stepLoss),
      short(run.gradNorm),
      short(run.update),
      short(run.tensorUpdate.error),
      `${run.textsEqual} of ${run.texts}`,
    ]),
    [
      'PyTorch, float32',
      short(pytorch.logits),
      short(pytorch.loss),
      short(pytorch.grad_worst),
      short(pytorch.curve.loss),
      short(pytorch.curve.grad_norm_rel),
      short(pytorch.tuned_update_rel_all),
      short(pytorch.tuned_update_rel),
      '',
    ],
    [
      'tolerance',
      short(tolerances.logits),
      short(tolerances.loss),
      short(tolerances.gradient),
      short(tolerances.stepLoss),
      short(tolerances.gradNorm),
      short(tolerances.update),
      short(tolerances.tensorUpdate),
      'all',
    ],
  ]
  return `## ${name}\n\n${abouts[name] ?? ''}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}
