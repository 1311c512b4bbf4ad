// How much JavaScript's memory grows while a checkpoint is brought to the CPU's kernels or to the GPU: one line of JSON.
//   node tools/run.mjs tools/large/loading.ts --model DIR [--backend wasm|webgpu]

import { parseArgs } from 'node:util'
import { openSession } from '../../src/cli/host.ts'
import { defaultSettings } from '../../src/config/settings.ts'
import { fillStates } from '../../src/engine/plan/fill.ts'
import { modelOf } from '../../src/service/studio.ts'
import { plannedModel } from '../../src/sft/planned.ts'

const { values } = parseArgs({
  options: { model: { type: 'string', default: '' }, backend: { type: 'string', default: 'wasm' } },
})
const choice = values.backend === 'webgpu' ? 'webgpu' : 'wasm'

/** Objects and array buffers; what a machine shares with its threads is not among them. */
function heapBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const { studio } = await openSession({ choice, engine: 'plan', ...(choice === 'wasm' && { threads: 2 }) }, values.model)
const { slots, bf16 } = modelOf(studio)
const { states } = plannedModel(slots.base, {}, bf16)
if (studio.target === null) throw new Error('there is no target for plans here')
const before = heapBytes()
const startedMs = performance.now()
const machine = await studio.target.open(
  states.map(({ value }) => value),
  defaultSettings,
)
const machineBytes = heapBytes() - before > machine.bytes() / 2 ? machine.bytes() : 0
let most = 0
const watched = {
  ...machine,
  writePiece: async (...args: Parameters<typeof machine.writePiece>) => {
    most = Math.max(most, heapBytes())
    await machine.writePiece(...args)
    most = Math.max(most, heapBytes())
  },
}
await fillStates(watched, states)
const seconds = (performance.now() - startedMs) / 1000
console.log(JSON.stringify({ growth: most - before - machineBytes, machine: machine.bytes(), seconds }))
machine.dispose()
process.exit(0)
