// A model of each architecture, and one with an adapter, against Hugging Face's numbers, through the services:
// every logit, the loss, every gradient, Trainer's curve, the weights that it arrives at, and what is written greedily.
// The files lie beside the checkout; test/golden.ts says what happens where they do not.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../src/engine/backends/start.ts'
import { onEveryBackend } from '../../src/engine/opTable/backends.ts'
import { memoryHeld } from '../../src/engine/tensor.ts'
import type { BackendName, EngineName } from '../../src/protocol/backend.ts'
import { goldenFolder } from '../golden.ts'
import { caseNames, closeCase, measureProbe, measureRun, openCase } from './cases.ts'
import { tolerances } from './deviations.ts'

const golden = goldenFolder()
const kept = join(import.meta.dirname, 'qwen2-tiny')

describe.skipIf(golden === null)('the files of qwen2-tiny that are kept here', () => {
  const folder = join(golden ?? '', 'qwen2-tiny')

  const files = ['train.jsonl', 'train_config.json', 'curve.json', 'generate.json']
  const modelFiles = ['config.json', 'generation_config.json', 'model.safetensors'].map((file) => join('model', file))
  it.each([...files, ...modelFiles])('%s is the reference', (name) => {
    expect(readFileSync(join(kept, name))).toEqual(readFileSync(join(folder, name)))
  })
})

describe.skipIf(golden === null).each(caseNames)('%s', (name) => {
  const folder = join(golden ?? '', name)

  describe('plan on wasm', () => {
    beforeAll(async () => {
      await startBackend('wasm', { wasmFiles: null, isolated: false })
    })
    holds(folder, 'wasm', 'plan')
  })

  onEveryBackend((backend) => {
    describe('eager', () => holds(folder, backend, 'eager'))
    if (backend === 'webgpu') describe('plan', () => holds(folder, backend, 'plan'))
  })
})

function holds(folder: string, backend: BackendName, engine: EngineName): void {
  it('logits, loss and every gradient are those of Hugging Face', async () => {
    const held = memoryHeld().tensors
    const opened = await openCase(folder, 'adapter', backend, engine)
    const { logits, loss, gradient } = await measureProbe(opened)
    expect(logits).toBeLessThan(tolerances.logits)
    expect(loss).toBeLessThan(tolerances.loss)
    expect(gradient.error, gradient.name).toBeLessThan(tolerances.gradient)
    closeCase(opened)
    expect(memoryHeld().tensors, 'tensors left over').toBe(held)
  })

  it('the curve, the trained weights and the greedy texts are those of Trainer', async () => {
    const opened = await openCase(folder, 'adapter_init', backend, engine)
    const run = await measureRun(opened)
    expect(run.stepLoss).toBeLessThan(tolerances.stepLoss)
    expect(run.gradNorm).toBeLessThan(tolerances.gradNorm)
    expect(run.learningRate).toBeLessThan(tolerances.learningRate)
    expect(run.epoch).toBeLessThan(1e-9)
    expect(run.update).toBeLessThan(tolerances.update)
    expect(run.tensorUpdate.error, run.tensorUpdate.name).toBeLessThan(tolerances.tensorUpdate)
    expect(run.texts).toBeGreaterThan(0)
    expect(run.textsEqual).toBe(run.texts)
    closeCase(opened)
  })
}
