// Training and writing against Hugging Face's own numbers, through the services: the loss curve of Trainer and greedy continuations.
// The small files of the case are kept beside this test, so that a lone clone tests itself.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSettings } from '../../src/config/settings.ts'
import { greedy } from '../../src/sft/evaluate.ts'
import { filesIn, listening, quietly, sourceOf, testStudio } from '../studio.ts'
import { type CurveStep, curveErrors, tolerances } from './deviations.ts'

const folder = join(import.meta.dirname, 'qwen2-tiny')
const text = (name: string) => readFileSync(join(folder, name), 'utf8')

type Continuation = {
  weights: 'base' | 'tuned'
  prompt_ids: number[]
  max_new_tokens: number
  greedy_ids: number[]
  stopped_by_eos: boolean
}
const curve: CurveStep[] = JSON.parse(text('curve.json'))
const continuations: Continuation[] = JSON.parse(text('generate.json'))

describe.each(['wasm', 'cpu'] as const)('on %s', (choice) => {
  it('trains along the curve of Trainer, and writes what Hugging Face writes before and after', async () => {
    const { handlers } = testStudio()
    await handlers.chooseBackend({ choice }, quietly())
    await handlers.openModel({ source: sourceOf('qwen2-tiny', filesIn(join(folder, 'model'))) }, quietly())
    await handlers.readDataset({ source: { name: 'train.jsonl', content: text('train.jsonl') }, roles: null }, quietly())
    await handlers.useDataset({ goodRowsOnly: false }, quietly())

    const parsed = parseSettings(JSON.parse(text('train_config.json')))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
    const { context, events } = listening<'train'>()
    const summary = await handlers.train(
      { slot: 'tuned', settings: parsed.settings, leaveOutUnlearnable: false, watch: null },
      context,
    )
    expect(summary).toMatchObject({ ended: 'finished', steps: curve.length })
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []))
    const { stepLoss, gradNorm, learningRate, epoch } = curveErrors(steps, curve)
    expect(stepLoss).toBeLessThan(tolerances.stepLoss)
    expect(gradNorm).toBeLessThan(tolerances.gradNorm)
    expect(learningRate).toBeLessThan(tolerances.learningRate)
    expect(epoch).toBeLessThan(1e-9)

    for (const { weights, prompt_ids, max_new_tokens, greedy_ids, stopped_by_eos } of continuations) {
      const request = { panes: [{ slot: weights, prompt: prompt_ids }], max_new_tokens, sampling: greedy }
      const { panes } = await handlers.generate(request, quietly())
      expect(panes[0]?.ids, `${weights} after ${prompt_ids}`).toEqual(greedy_ids)
      expect(panes[0]?.stopped).toBe(stopped_by_eos ? 'end-token' : 'length')
    }
  })
})
