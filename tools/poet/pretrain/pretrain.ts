// Pre-trains the embedded model with this project's own engine: corpus and tokenizer in, a Hugging Face folder out.
//   npm run make:model [-- --epochs 3 --out public/models/tabtune-poet --steps 20 --threads 2]
// Trains by plan on the CPU's own kernels. Deterministic from the seed in recipe.ts, whatever the number of threads.
// Writes its curve to docs/embedded-model.csv beside the weights, with the loss of the documents that were held out.

import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startBackend } from '../../../src/engine/backends/start.ts'
import { inlinedKernels } from '../../../src/engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../../../src/engine/targets/cpu/machine.ts'
import { toValues } from '../../../src/engine/tensor.ts'
import { safetensorsChunks } from '../../../src/formats/safetensors/write.ts'
import { loadTokenizer } from '../../../src/formats/tokenizer/load.ts'
import { readDecoderConfig } from '../../../src/models/config.ts'
import { freshWeights } from '../../../src/models/fresh.ts'
import { parameterCount, parameterShapes } from '../../../src/models/parameters.ts'
import { planStepper } from '../../../src/sft/planStepper.ts'
import { train } from '../../../src/sft/train.ts'
import { totalSteps } from '../../../src/sft/windows.ts'
import { nodeFolder } from '../../../src/storage/nodeFolder.ts'
import { documentsOf, packedBlocks, parted } from './blocks.ts'
import { heldOutLoss } from './heldOut.ts'
import { configJson, generationJson, recipe } from './recipe.ts'

const { values: options } = parseArgs({
  options: {
    epochs: { type: 'string', default: String(recipe.epochs) },
    out: { type: 'string', default: 'public/models/tabtune-poet' },
    log: { type: 'string', default: 'docs/embedded-model.csv' },
    /** A trial run; the whole recipe without it. */
    steps: { type: 'string', default: '-1' },
    threads: { type: 'string', default: '2' },
  },
})

async function main() {
  // Holds the weights before and after; the steps in between are the kernels'.
  await startBackend('wasm', { wasmFiles: null, isolated: false })
  const tokenizer = loadTokenizer({
    tokenizer: JSON.parse(await readFile('public/models/tabtune-poet/tokenizer.json', 'utf8')),
    tokenizerConfig: JSON.parse(await readFile('public/models/tabtune-poet/tokenizer_config.json', 'utf8')),
    config: configJson,
  })
  const corpus = documentsOf(await readFile('tools/poet/corpus/corpus.txt', 'utf8'))
  const { kept, heldOut } = parted(corpus, recipe.heldOutOneIn)
  const { blockTokens, seed } = recipe
  const blocks = packedBlocks(kept, tokenizer, { epochs: Number(options.epochs), blockTokens, seed })
  const heldOutBlocks = packedBlocks(heldOut, tokenizer, { epochs: 1, blockTokens, seed })
  const examples = blocks.map((ids) => ({ ids, labels: ids, straddling: [], truncated: false }))
  const config = readDecoderConfig(configJson)
  const weights = freshWeights(config, recipe.seed)
  const settings = { ...recipe.settings, max_steps: Number(options.steps) }
  const steps = totalSteps(examples.length, settings)
  const tokens = blocks.reduce((sum, block) => sum + block.length, 0)
  console.log(
    `${parameterCount(config)} parameters, ${kept.length} documents and ${heldOut.length} held out, ${blocks.length} blocks, ${tokens} tokens, ${steps} steps`,
  )

  const startedMs = performance.now()
  const log = createWriteStream(options.log)
  log.write('step,loss,grad_norm,learning_rate,seconds,held_out_loss\n')
  const target = cpuTarget(inlinedKernels, Number(options.threads))
  const trainee = { model: { config, weights, adapter: null }, trained: weights }
  const stepper = await planStepper(trainee, settings, null, { target, checkpointing: false })
  // A multiple of the block's length, so that all batches are of one shape.
  const padding = { padTokenId: tokenizer.padToken.id, lengthMultiple: blockTokens }
  const outcome = await train(
    stepper,
    { examples, settings, ...padding, done: 0 },
    {
      afterStep: async ({ step, loss, gradNorm, learningRate, tokensPerSecond }) => {
        const seconds = (performance.now() - startedMs) / 1000
        const measured = step % recipe.heldOutEvery === 0 || step === steps
        const held = measured ? (await heldOutLoss(stepper, heldOutBlocks, padding)).toFixed(4) : ''
        log.write(
          `${step},${loss.toFixed(4)},${gradNorm.toFixed(4)},${learningRate.toExponential(3)},${seconds.toFixed(1)},${held}\n`,
        )
        if (measured) console.log(`step ${step}/${steps}  held-out loss ${held}`)
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
