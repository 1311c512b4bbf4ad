// What the plan is worth: the same training step by the plan, by our eager interpreter, by plain TensorFlow.js and by jax-js, all on wasm
// (and by PyTorch where `python3` has it), or all on WebGPU. In one run, taking turns. Writes docs/engines.md, or docs/engines-webgpu.md.
//   npm run bench:engines [-- --backend webgpu --shape N --rounds N --dry]
// --shape: that one of the four alone; --dry: nothing is written.

import { parseArgs } from 'node:util'
import { deviceOf, oneOf } from '../src/cli/arguments.ts'
import { startSession } from '../src/cli/host.ts'
import { productLimit } from '../src/engine/plan/productLimit.ts'
import { type Measured, measureEngines } from './engines/measure.ts'
import { writeReport } from './engines/report.ts'
import { cases, taskOf } from './engines/task.ts'

const { values: options } = parseArgs({
  options: {
    backend: { type: 'string' },
    shape: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    dry: { type: 'boolean', default: false },
  },
})
const rounds = Number(options.rounds)
const chosen = options.shape === undefined ? cases : cases.filter((_, at) => at + 1 === Number(options.shape))
if (chosen.length === 0 || !(rounds >= 1)) throw new Error(`--shape is from 1 to ${cases.length}, --rounds at least 1`)
const place = oneOf('backend', options.backend, ['wasm', 'webgpu'], 'wasm')

const { studio } = await startSession(deviceOf({ backend: place, engine: 'plan' }))
const { target, backend } = studio
if (target === null || backend === null) throw new Error(`there are no plans on ${place}`)
const limit = await productLimit(target)
console.log(`the best product: ${limit.gflops.toFixed(1)} GFLOP/s at ${limit.size}³`)
const measured: Measured[] = []
for (const one of chosen) {
  const result = await measureEngines(await taskOf(one, place), { place, target }, rounds)
  console.log(result.task.title)
  for (const { name, ms, loss, peakBytes } of result.engines)
    console.log(
      `  ${name.padEnd(42)}${ms.toFixed(1).padStart(9)} ms   loss ${loss.toFixed(5)}   ${peakBytes === null ? '' : `${(peakBytes / 1e6).toFixed(0)} MB`}`,
    )
  for (const { name, reason } of result.absent) console.log(`  ${name}: absent, ${reason}`)
  measured.push(result)
}
if (!options.dry) await writeReport({ measured, rounds, place, limit, adapter: backend.adapter })
process.exit(0)
