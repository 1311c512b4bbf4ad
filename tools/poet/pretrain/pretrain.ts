// Pre-trains the embedded model with this project's own engine: corpus and tokenizer in, a Hugging Face folder out.
//   npm run make:model [-- --out public/models/tabtune-poet --steps 20 --threads 2]
// Trains by plan on the CPU's own kernels. Deterministic from the seed in recipe.ts, whatever the number of threads.
// Writes its curve to docs/embedded-model.csv beside the weights, with the loss of the documents that were held out.

import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startBackend } from '../../../src/engine/backends/start.ts'
import { inlinedKernels } from '../../../src/engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../../../src/engine/targets/cpu/machine.ts'
import { loadTokenizer } from '../../../src/formats/tokenizer/load.ts'
import { readDecoderConfig } from '../../../src/models/config.ts'
import { freshWeights } from '../../../src/models/fresh.ts'
import { parameterCount } from '../../../src/models/parameters.ts'
import { heldOutLoss } from '../../../src/sft/heldOut.ts'
import { planStepper } from '../../../src/sft/planStepper.ts'
import type { Stepper } from '../../../src/sft/stepper.ts'
import { train } from '../../../src/sft/train.ts'
import { documentsOf, packedBlocks, parted } from './blocks.ts'
import { pretrainingRate } from './rate.ts'
import { configJson, recipe } from './recipe.ts'
import { writeModel } from './writeModel.ts'

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'public/models/tabtune-poet' },
    log: { type: 'string', default: 'docs/embedded-model.csv' },
    steps: { type: 'string', default: String(recipe.steps) },
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
  const steps = Number(options.steps)
  const asExample = (ids: readonly number[]) => ({ ids, labels: ids, straddling: [], truncated: false })
  const blocks = blocksFor(steps * recipe.settings.per_device_train_batch_size, (epochs) =>
    packedBlocks(kept, tokenizer, { epochs, blockTokens, seed }),
  )
  const heldOutExamples = packedBlocks(heldOut, tokenizer, { epochs: 1, blockTokens, seed }).map(asExample)
  const examples = blocks.map(asExample)
  const config = readDecoderConfig(configJson)
  const weights = freshWeights(config, recipe.seed)
  const settings = { ...recipe.settings, max_steps: steps }
  const tokens = blocks.reduce((sum, block) => sum + block.length, 0)
  console.log(
    `${parameterCount(config)} parameters, ${kept.length} documents and ${heldOut.length} held out, ${blocks.length} blocks, ${tokens} tokens, ${steps} steps`,
  )

  const startedMs = performance.now()
  const log = createWriteStream(options.log)
  log.write('step,loss,grad_norm,learning_rate,seconds,held_out_loss\n')
  const target = cpuTarget(inlinedKernels, Number(options.threads))
  const trainee = { model: { config, weights, adapter: null }, trained: weights }
  const plan = await planStepper(trainee, settings, null, { target, checkpointing: false })
  const rateAt = (step: number) => pretrainingRate(step, steps, recipe.rate)
  const stepper: Stepper = { ...plan, update: (step) => plan.update(step, rateAt(step)) }
  // A multiple of the block's length, so that all batches are of one shape.
  const padding = { padTokenId: tokenizer.padToken.id, lengthMultiple: blockTokens }
  const outcome = await train(
    stepper,
    { examples, settings, ...padding, done: 0 },
    {
      afterStep: async ({ step, loss, gradNorm, tokensPerSecond }) => {
        const seconds = (performance.now() - startedMs) / 1000
        const measured = step % recipe.heldOutEvery === 0 || step === steps
        const held = measured ? (await heldOutLoss(stepper, heldOutExamples, { rows: 8, ...padding })).toFixed(4) : ''
        log.write(
          `${step},${loss.toFixed(4)},${gradNorm.toFixed(4)},${rateAt(step).toExponential(3)},${seconds.toFixed(1)},${held}\n`,
        )
        if (measured) console.log(`step ${step}/${steps}  held-out loss ${held}`)
        if (step % 20 === 0) {
          const left = ((seconds / step) * (steps - step)) / 60
          console.log(
            `step ${step}/${steps}  loss ${loss.toFixed(3)}  ${tokensPerSecond.toFixed(0)} tokens/s  ${left.toFixed(0)} min left`,
          )
        }
        if (step % recipe.savedEvery === 0) {
          await plan.sync()
          await writeModel(options.out, weights, config)
        }
        await turn()
        return 'go-on'
      },
    },
  )
  stepper.dispose()
  log.end()
  if (outcome.ended !== 'finished') throw new Error(`pre-training ended: ${outcome.ended}`)

  await writeModel(options.out, weights, config)
  console.log(`written to ${options.out} after ${((performance.now() - startedMs) / 60_000).toFixed(1)} minutes`)
}

/** The first `count` blocks of as many epochs as hold them. */
function blocksFor(count: number, ofEpochs: (epochs: number) => number[][]): number[][] {
  const epochs = Math.ceil(count / ofEpochs(1).length) + 1
  return ofEpochs(epochs).slice(0, count)
}

await main()
