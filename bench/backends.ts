// Tokens a second in training and in decoding on each backend of the command line.

import { readFile } from 'node:fs/promises'
import { openData, openSession, quietly } from '../src/cli/host.ts'
import { presets } from '../src/config/presets.ts'
import type { BackendName } from '../src/protocol/backend.ts'
import type { TrainStep } from '../src/protocol/train.ts'
import { greedy } from '../src/sft/evaluate.ts'
import { nameVulkanDriver, vulkanDrivers } from '../tools/setup/vulkan.mjs'

export type BackendSpeed = { backend: BackendName; adapter: string; training: number; decoding: number }

const MODEL = 'public/models/tabtune-poet'
const DATA = 'public/data/poems.zh.json'

/** One after the other; a backend that does not start is left out with a word on standard error. */
export async function measureBackends(backends: readonly BackendName[]): Promise<BackendSpeed[]> {
  const speeds: BackendSpeed[] = []
  for (const backend of backends) {
    try {
      speeds.push(await measure(backend))
    } catch (error) {
      console.error(`${backend}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return speeds
}

async function measure(backend: BackendName): Promise<BackendSpeed> {
  if (backend === 'webgpu') nameVulkanDriver(vulkanDrivers()[0] ?? '')
  const session = await openSession({ choice: backend }, MODEL)
  await openData(session, DATA, false)
  const slow = backend === 'cpu'
  const steps: TrainStep[] = []
  await session.handlers.train(
    { slot: 'tuned', settings: { ...presets.firstMinute, max_steps: slow ? 3 : 24 }, leaveOutUnlearnable: false, watch: null },
    { signal: new AbortController().signal, tell: (event) => event.kind === 'step' && steps.push(event.step) },
  )
  const prompts: { instruct: string; input: string }[] = JSON.parse(await readFile(DATA, 'utf8'))
  const panes = prompts.map(({ instruct, input }) => ({ slot: 'base' as const, prompt: instruct + input }))
  const { tokensPerSecond } = await session.handlers.generate(
    { panes, max_new_tokens: slow ? 6 : 24, sampling: greedy },
    quietly(),
  )
  // The first steps compile and warm up.
  const settled = steps
    .slice(1)
    .map((step) => step.tokensPerSecond)
    .sort((a, b) => a - b)
  return {
    backend,
    adapter: session.studio.backend?.adapter ?? '',
    training: settled[Math.floor(settled.length / 2)] ?? 0,
    decoding: tokensPerSecond,
  }
}
