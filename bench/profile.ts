// Where the time of a training step by plan goes, at the shapes of the engines' benchmark:
//   npm run bench:profile [-- --threads N | --backend webgpu]
// Writes the part of docs/performance.md that is measured there; what is written by hand, and the other part, stay.

import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { deviceOf, oneOf } from '../src/cli/arguments.ts'
import { startSession } from '../src/cli/host.ts'
import { profileLines } from '../src/cli/profileLines.ts'
import { bench, readBenchShape } from '../src/service/benching.ts'
import { cases } from './engines/task.ts'
import { processor } from './machine.ts'

const FILE = 'docs/performance.md'
const headings = { wasm: '## Measured on the CPU', webgpu: '## Measured on WebGPU' } as const

/** Enough that the optimising compiler has done with every kernel. */
const WARMUP_STEPS = 20
const STEPS = 25

const { values } = parseArgs({ options: { threads: { type: 'string', default: '1' }, backend: { type: 'string' } } })
const place = oneOf('backend', values.backend, ['wasm', 'webgpu'], 'wasm')
const { studio } = await startSession(deviceOf({ backend: place, engine: 'plan', threads: values.threads }))

const parts: string[] = []
for (const { title, shape } of cases) {
  const report = await bench(studio, readBenchShape({ ...shape, warmup: WARMUP_STEPS, steps: STEPS }, title), true)
  if (!report.profile) throw new Error('there is no profile without a plan')
  const table = profileLines(report.profile, report.stepMs).join('\n')
  console.log(`${title}\n${table}\n`)
  parts.push(`### ${title}\n\n\`\`\`\n${table}\n\`\`\`\n`)
}

const ground = place === 'wasm' ? `${values.threads} thread(s)` : `${studio.backend?.adapter}`
const command = place === 'wasm' ? 'npm run bench:profile' : 'npm run bench:profile -- --backend webgpu'
const said = `By \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${await processor()}, ${cpus().length} cores, Node ${process.versions.node}, ${ground}; load of the machine at the end ${loadavg()[0]?.toFixed(1)}. The step whose time is the median of ${STEPS}, behind ${WARMUP_STEPS} that warm up.`
const own = `${headings[place]}\n\n${said}\n\n${parts.join('\n')}`
const sections = (await readFile(FILE, 'utf8')).split(/^(?=## )/m)
const others = sections.filter((section) => !section.startsWith(headings[place]))
await writeFile(FILE, `${others.map((section) => section.trimEnd()).join('\n\n')}\n\n${own}`)
process.exit(0)
