// Measures how far every backend is from Hugging Face's numbers, case by case, and writes docs/numbers.md:
//   npm run numbers [-- --golden ../shared/golden --backend webgpu]
// --backend: that one alone, printed and not written.
// The same measures are tests (test/golden/references.test.ts); this writes down what they came to.

import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import type { BackendName, EngineName } from '../../src/protocol/backend.ts'
import { caseNames, closeCase, measureProbe, measureRun, openCase } from '../../test/golden/cases.ts'
import { nodeGpu } from '../../test/setup/webgpu.ts'
import { type CaseNumbers, type MeasuredCase, numbersPage } from './page.ts'

const { values: options } = parseArgs({
  options: { golden: { type: 'string', default: '../shared/golden' }, backend: { type: 'string' } },
})
if (!existsSync(options.golden)) throw new Error(`The reference numbers are not there: ${options.golden}`)

type Place = { choice: BackendName; engine: EngineName; who: string }
const all: readonly Place[] = [
  { choice: 'wasm', engine: 'plan', who: 'plan on wasm' },
  { choice: 'wasm', engine: 'eager', who: 'eager on wasm' },
  { choice: 'cpu', engine: 'eager', who: 'eager on cpu' },
  { choice: 'webgpu', engine: 'plan', who: 'plan on webgpu' },
  { choice: 'webgpu', engine: 'eager', who: 'eager on webgpu' },
]
const places = all.filter(({ choice }) => (nodeGpu !== null || choice !== 'webgpu') && (options.backend ?? choice) === choice)

/** What PyTorch's own float32 came to, beside the reference. */
const float32Schema = v.object({
  logits: v.number(),
  loss: v.number(),
  grad_worst: v.number(),
  curve: v.object({ loss: v.number(), grad_norm_rel: v.number() }),
  tuned_update_rel: v.number(),
  tuned_update_rel_all: v.number(),
})

async function measured(name: string): Promise<MeasuredCase> {
  const folder = join(options.golden, name)
  const rows: CaseNumbers[] = []
  for (const { choice, engine, who } of places) {
    const probed = await openCase(folder, 'adapter', choice, engine)
    const probe = await measureProbe(probed)
    closeCase(probed)
    const trained = await openCase(folder, 'adapter_init', choice, engine)
    const run = await measureRun(trained)
    closeCase(trained)
    rows.push({ who: `Tabtune, ${who}`, probe, run })
    const errors = {
      logits: probe.logits,
      gradient: probe.gradient.error,
      loss: run.stepLoss,
      norm: run.gradNorm,
      update: run.update,
    }
    const said = Object.entries(errors).map(([what, error]) => `${what} ${error.toExponential(1)}`)
    console.log(`${name}, ${who}: ${said.join(', ')}, texts ${run.textsEqual} of ${run.texts}`)
  }
  const float32 = v.parse(float32Schema, JSON.parse(readFileSync(join(folder, 'float32.json'), 'utf8')))
  return { name, rows, pytorch: float32 }
}

const cases: MeasuredCase[] = []
for (const name of caseNames) cases.push(await measured(name))
if (options.backend === undefined) {
  await writeFile('docs/numbers.md', numbersPage(cases, nodeGpu?.adapter ?? null))
  console.log('docs/numbers.md is written.')
} else console.log(nodeGpu?.adapter ?? 'no GPU')
process.exit(0)
