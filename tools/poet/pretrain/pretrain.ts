// Pre-trains the embedded model with this project's own engine: corpus and tokenizer in, a Hugging Face folder out.
//   npm run make:model [-- --epochs 3 --out public/models/tabtune-poet --steps 20]
// Deterministic from the seed in recipe.ts. Writes its curve to docs/embedded-model.csv beside the weights.

import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startBackend } from '../../../src/engine/backends/start.ts'
import { toValues } from '../../../src/engine/tensor.ts'
import { safetensorsChunks } from '../../../src/formats/safetensors/write.ts'
import { loadTokenizer } from '../../../src/formats/tokenizer/load.ts'
import { readDecoderConfig } from '../../../src/models/config.ts'
import { freshWeights } from '../../../src/models/fresh.ts'
import { parameterCount, parameterShapes } from '../../../src/models/parameters.ts'
import { eagerStepper } from '../../../src/sft/stepper.ts'
import { train } from '../../../src/sft/train.ts'
import { totalSteps } from '../../../src/sft/windows.ts'
import { nodeFolder } from '../../../src/storage/nodeFolder.ts'
import { documentsOf, packedBlocks } from './blocks.ts'
import { configJson, generationJson, recipe } from './recipe.ts'

const { values: options } = parseArgs({
  options: {
    epochs: { type: 'string', default: String(recipe.epochs) },
    out: { type: 'string', default: 'public/models/tabtune-poet' },
    log: { type: 'string', default: 'docs/embedded-model.csv' },
    /** A trial run; the whole recipe without it. */
    steps: { type: 'string', default: '-1' },
  },
})

async function main() {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
  const tokenizer = loadTokenizer({
    tokenizer: JSON.parse(await readFile('public/models/tabtune-poet/tokenizer.json', 'utf8')),
    tokenizerConfig: JSON.parse(await readFile('public/models/tabtune-poet/tokenizer_config.json', 'utf8')),
    config: configJson,
  })
  const corpus = documentsOf(await readFile('tools/poet/corpus/corpus.txt', 'utf8'))
  const blocks = packedBlocks(corpus, tokenizer, {
    epochs: Number(options.epochs),
    blockTokens: recipe.blockTokens,
    seed: recipe.seed,
  })
  const examples = blocks.map((ids) => ({ ids, labels: ids, straddling: [], truncated: false }))
  const config = readDecoderConfig(configJson)
  const weights = freshWeights(config, recipe.seed)
  const settings = { ...recipe.settings, max_steps: Number(options.steps) }
  const steps = totalSteps(examples.length, settings)
  const tokens = blocks.reduce((sum, block) => sum + block.length, 0)
  console.log(
    `${parameterCount(config)} parameters, ${corpus.length} documents, ${blocks.length} blocks, ${tokens} tokens, ${steps} steps`,
  )

  const startedMs = performance.now()
  const log = createWriteStream(options.log)
  log.write('step,loss,grad_norm,learning_rate,seconds\n')
  const stepper = eagerStepper({ model: { config, weights, adapter: null }, trained: weights }, settings, null)
  const outcome = await train(
    stepper,
    { examples, settings, padTokenId: tokenizer.padToken.id, lengthMultiple: 1, done: 0 },
    {
      afterStep: async ({ step, loss, gradNorm, learningRate, tokensPerSecond }) => {
        const seconds = (performance.now() - startedMs) / 1000
        log.write(`${step},${loss.toFixed(4)},${gradNorm.toFixed(4)},${learningRate.toExponential(3)},${seconds.toFixed(1)}\n`)
        if (step % 20 === 0) {
          const left = ((seconds / step) * (steps - step)) / 60
          console.log(
            `step ${step}/${steps}  loss ${loss.toFixed(3)}  ${tokensPerSecond.toFixed(0)} tokens/s  ${left.toFixed(0)} min left`,
          )
        }
        await turn()
        return 'go-on'
      },
    },
  )
  stepper.dispose()
  log.end()
  if (outcome.ended !== 'finished') throw new Error(`pre-training ended: ${outcome.ended}`)

  const folder = nodeFolder(options.out)
  const tensors = parameterShapes(config).map(({ name, shape }) => ({
    name,
    shape,
    dtype: 'BF16' as const,
    values: async () => {
      const tensor = weights[name]
      if (!tensor) throw new Error(`${name} is missing`)
      return new Float32Array(await toValues(tensor))
    },
  }))
  await folder.write('model.safetensors', safetensorsChunks(tensors))
  await folder.write('config.json', asJson(configJson))
  await folder.write('generation_config.json', asJson(generationJson))
  console.log(`written to ${options.out} after ${((performance.now() - startedMs) / 60_000).toFixed(1)} minutes`)
}

async function* asJson(value: unknown) {
  yield new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}

await main()
