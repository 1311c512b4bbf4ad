// Writing with a key/value cache: tokens a second of the plan and of plain TensorFlow.js, one row, greedy, at the first shape of the engines' benchmark.
//   npm run bench:decoding [-- --backend webgpu --rounds 5]
// The two take turns in one process and must write the same.

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { deviceOf, oneOf } from '../src/cli/arguments.ts'
import { startSession } from '../src/cli/host.ts'
import { disposeDecoder } from '../src/models/held.ts'
import { configOf, randomTrainee } from '../src/service/benching.ts'
import { readerFor } from '../src/service/steppers.ts'
import { greedy } from '../src/sft/evaluate.ts'
import { writeAll } from '../src/sft/generate.ts'
import { plainDecoding, type Writer } from './engines/plainDecoding.ts'
import { cases, settings, taskOf } from './engines/task.ts'

const PROMPT_TOKENS = 16
const WRITTEN_TOKENS = 96

const { values: options } = parseArgs({ options: { backend: { type: 'string' }, rounds: { type: 'string', default: '5' } } })
const place = oneOf('backend', options.backend, ['wasm', 'webgpu'], 'wasm')
const { studio } = await startSession(deviceOf({ backend: place, engine: 'plan' }))
const [first] = cases
if (!first) throw new Error('there is a first shape')
// As many positions as are written.
const task = await taskOf({ ...first, shape: { ...first.shape, tokens: PROMPT_TOKENS + WRITTEN_TOKENS } }, place)
const prompt = task.batch.ids.slice(0, PROMPT_TOKENS)

const trainee = randomTrainee(configOf(task.shape), settings)
const sampling = { max_new_tokens: WRITTEN_TOKENS, sampling: greedy, endTokenIds: [], padTokenId: 0 }
const byPlan: Writer = {
  write: async (own, count) => {
    const [row] = await writeAll(trainee.model, [own], { ...sampling, max_new_tokens: count }, readerFor(studio))
    return [...(row?.ids ?? [])]
  },
  dispose: () => disposeDecoder(trainee.model),
}
const writers: Readonly<Record<string, Writer>> = { plan: byPlan, 'plain TensorFlow.js': plainDecoding(task) }

const times = new Map<string, number[]>()
const texts = new Set<string>()
for (let round = 0; round <= Number(options.rounds); round++) {
  for (const [name, writer] of Object.entries(writers)) {
    const startedMs = performance.now()
    texts.add((await writer.write(prompt, WRITTEN_TOKENS)).join())
    // The first round warms up.
    if (round > 0) times.set(name, [...(times.get(name) ?? []), performance.now() - startedMs])
  }
}
if (texts.size !== 1) throw new Error('they did not write the same')
console.log(
  `${first.title}, one row, ${PROMPT_TOKENS} tokens read, ${WRITTEN_TOKENS} written, on ${place} ${studio.backend?.adapter ?? ''}`,
)
for (const [name, own] of times) {
  const [median = Number.NaN] = own.sort((a, b) => a - b).slice(Math.floor(own.length / 2))
  console.log(`  ${name.padEnd(22)}${((1000 * WRITTEN_TOKENS) / median).toFixed(0).padStart(6)} tokens/s`)
}
console.log(`load of the machine at the end ${loadavg()[0]?.toFixed(1)}`)
process.exit(0)
