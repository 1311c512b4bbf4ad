// Where the time of a training step by plan goes, at the shapes of the engines' benchmark: npm run bench:profile [-- --threads N]
// Writes the measured part of docs/performance.md, which is all below its last heading of the second rank.

import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { deviceOf } from '../src/cli/arguments.ts'
import { startSession } from '../src/cli/host.ts'
import { profileLines } from '../src/cli/profileLines.ts'
import { bench, readBenchShape } from '../src/service/benching.ts'
import { cases } from './engines/task.ts'
import { processor } from './machine.ts'

const FILE = 'docs/performance.md'
const HEADING = '## Measured'

/** Enough that the optimising compiler has done with every kernel. */
const WARMUP_STEPS = 20
const STEPS = 25

const { values } = parseArgs({ options: { threads: { type: 'string', default: '1' } } })
const { studio } = await startSession(deviceOf({ backend: 'wasm', engine: 'plan', threads: values.threads }))

const parts: string[] = []
for (const { title, shape } of cases) {
  const report = await bench(studio, readBenchShape({ ...shape, warmup: WARMUP_STEPS, steps: STEPS }, title), true)
  if (!report.profile) throw new Error('there is no profile without a plan')
  const table = profileLines(report.profile, report.stepMs).join('\n')
  console.log(`${title}\n${table}\n`)
  parts.push(`### ${title}\n\n\`\`\`\n${table}\n\`\`\`\n`)
}

const text = await readFile(FILE, 'utf8')
const [above] = text.split(`${HEADING}\n`)
const said = `By \`npm run bench:profile\` on ${new Date().toISOString().slice(0, 10)}: ${await processor()}, ${cpus().length} cores, Node ${process.versions.node}, ${values.threads} thread(s); load of the machine at the end ${loadavg()[0]?.toFixed(1)}. The step whose time is the median of ${STEPS}, behind ${WARMUP_STEPS} that warm up.`
await writeFile(FILE, `${above}${HEADING}\n\n${said}\n\n${parts.join('\n')}`)
process.exit(0)
