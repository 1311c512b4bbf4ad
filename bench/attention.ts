// What attention's GPU kernels do at the shapes that training and writing have: npm run bench:attention [-- words that a row's name must contain]
// Each variant in turn, several times over, because a machine's speed drifts. Of one call, the best of all: milliseconds, those that all of this
// process's cores computed, which is what counts for a software adapter on a machine that is shared, and GFLOP/s by the former.
// Products with keys that a query does not see are not counted as work; the backward pass counts as five products, whatever it computes again.

import { deviceOn, findAdapter } from '../src/engine/backends/webgpu.ts'
import { planBuilder } from '../src/engine/plan/builder.ts'
import type { AttentionSizes, Call } from '../src/engine/plan/calls.ts'
import type { PlanMachine } from '../src/engine/plan/target.ts'
import { elementsOf, type Value } from '../src/engine/plan/values.ts'
import { webGpuTarget } from '../src/engine/targets/webgpu/machine.ts'
import { nodeGpu } from '../test/setup/webgpu.ts'

const ROUNDS = 9
/** Milliseconds of one timing, at the least. */
const LONG_ENOUGH = 20

type Case = {
  name: string
  states: Value[]
  call: Call
  feeds: Record<string, Value>
  given: Record<string, number[]>
  flops: number
}

function cases(batch: number, tokens: number, [heads, keyHeads]: readonly [number, number], headDim: number): Case[] {
  const numbers: AttentionSizes = { batch, tokens, heads, keyHeads, headDim, window: 0 }
  const build = planBuilder()
  const states: Value[] = []
  const state = (...shape: number[]) => {
    const value = build.state(`state ${states.length}`, shape)
    states.push(value)
    return value
  }
  const [wide, narrow] = [() => state(batch * tokens, heads * headDim), () => state(batch * tokens, keyHeads * headDim)]
  const inputs = { q: wide(), k: narrow(), v: narrow() }
  const outputs = { out: wide(), logSumExp: state(batch, heads, tokens) }
  const gradients = { dq: wide(), dk: narrow(), dv: narrow() }
  const product = batch * heads * tokens * (tokens + 1) * headDim
  const shape = `${batch} × ${tokens}, ${heads}/${keyHeads} × ${headDim}`
  const plain = { states, feeds: {}, given: {} }
  const cache = () => state(batch, keyHeads, tokens, headDim)
  const held = build.feed('held', 1)
  const one = { ...numbers, tokens: 1, capacity: tokens }
  const attended = { q: state(batch, heads * headDim), keys: cache(), values: cache(), held }
  return [
    {
      name: `attention ${shape}`,
      ...plain,
      call: { kernel: 'attention', reads: inputs, writes: outputs, numbers },
      flops: 2 * product,
    },
    {
      name: `attention d ${shape}`,
      ...plain,
      call: { kernel: 'attentionBackward', reads: { ...inputs, ...outputs, dOut: wide() }, writes: gradients, numbers },
      flops: 5 * product,
    },
    {
      name: `writing ${shape}`,
      states,
      feeds: { held },
      given: { held: [tokens - 1] },
      call: { kernel: 'attentionOverCache', reads: attended, writes: { out: state(batch, heads * headDim) }, numbers: one },
      flops: 4 * batch * heads * tokens * headDim,
    },
  ]
}

type Timing = { ms: number; processorMs: number }

/** Times one call, over as many as take long enough. */
async function timer(machine: PlanMachine, { call, feeds, given, states }: Case): Promise<() => Promise<Timing>> {
  const [first] = states
  if (!first) throw new Error('a case has states')
  const programOf = (count: number) => {
    const run = machine.program({ calls: Array<Call>(count).fill(call), derived: [], feeds, results: {} })
    return async () => {
      const [begin, before] = [performance.now(), process.cpuUsage()]
      await run(given, {})
      await machine.read(first)
      const { user, system } = process.cpuUsage(before)
      return { ms: (performance.now() - begin) / count, processorMs: (user + system) / 1e3 / count }
    }
  }
  await programOf(1)()
  const count = Math.min(200, Math.max(1, Math.ceil(LONG_ENOUGH / (await programOf(4)()).ms)))
  return programOf(count)
}

async function measured(device: GPUDevice, one: Case): Promise<void> {
  const variants = await Promise.all(
    [0, device.limits.maxComputeWorkgroupStorageSize].map(async (attentionBytes) => {
      const machine = await webGpuTarget(device, { attentionBytes }).open(one.states, update)
      for (const state of one.states)
        machine.write(
          state,
          Array.from({ length: elementsOf(state) }, (_, at) => Math.sin(at)),
        )
      const times: Timing[] = []
      return { attentionBytes, machine, time: await timer(machine, one), times }
    }),
  )
  for (let round = 0; round < ROUNDS; round++) for (const { time, times } of variants) times.push(await time())
  for (const { attentionBytes, machine, times } of variants) {
    const best = Math.min(...times.map(({ ms }) => ms))
    const processor = Math.min(...times.map(({ processorMs }) => processorMs))
    const memory = attentionBytes === 0 ? 'no workgroup memory' : `${attentionBytes} bytes of it`
    const numbers = [`${best.toFixed(3)} ms`, `${processor.toFixed(3)} ms`, `${(one.flops / best / 1e6).toFixed(1)} GFLOP/s`]
    console.log(`${one.name.padEnd(34)} ${memory.padEnd(20)} ${numbers.map((number) => number.padStart(15)).join('')}`)
    machine.dispose()
  }
}

const update = { adam_beta1: 0.9, adam_beta2: 0.999, adam_epsilon: 1e-8, weight_decay: 0 }
const found = await findAdapter()
if (found.kind !== 'adapter') throw new Error('no Vulkan driver gives an adapter')
console.log(nodeGpu?.adapter)
const device = await deviceOn(found.adapter)
const words = process.argv.slice(2)
const all = [
  ...cases(2, 64, [4, 2], 64),
  ...cases(1, 512, [3, 1], 64),
  ...cases(8, 48, [6, 2], 32),
  ...cases(1, 512, [14, 2], 64),
  ...cases(28, 200, [14, 2], 64).slice(2),
  ...cases(28, 100, [4, 2], 64).slice(2),
]
for (const one of all) if (words.every((word) => one.name.includes(word))) await measured(device, one)
process.exit(0)
