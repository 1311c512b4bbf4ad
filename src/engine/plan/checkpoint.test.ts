// What a checkpointed part does again, and what its values' two lives save.

import { expect, it } from 'vitest'
import { planBuilder } from './builder.ts'
import { layOut, lifetimesOf } from './layout.ts'
import { planOps } from './ops.ts'
import type { Value } from './values.ts'

const rules = { alignment: 16, gap: 0, workspaceOf: () => 0 }
const WIDTH = 64

/** A stack of blocks, each two layers and a sum; the loss is the head's. */
function stack(blocks: number, checkpointing: boolean) {
  const build = planBuilder()
  const ops = planOps(build, { held: null, checkpointing })
  const weight = (name: string, shape: readonly number[]): Value => {
    const made = build.state(name, shape)
    build.train(made, build.state(`d ${name}`, shape), false)
    return made
  }
  let x = ops.embedding(weight('table', [10, WIDTH]), build.feed('ids', 32), null)
  for (let block = 0; block < blocks; block++) {
    const [up, down] = [weight(`up ${block}`, [4 * WIDTH, WIDTH]), weight(`down ${block}`, [WIDTH, 4 * WIDTH])]
    const input = x
    x = ops.checkpoint(() => {
      const wide = ops.linear(input, up, null, null)
      return ops.add(input, ops.linear(ops.swiGlu(wide, wide), down, null, null))
    })
  }
  const loss = ops.headLoss(x, weight('head', [10, WIDTH]), build.feed('targets', 32))
  build.backward()
  return { calls: build.calls, results: [loss] }
}

const arenaOf = ({ calls, results }: ReturnType<typeof stack>) => layOut(calls, results, rules).bytes

it('does again what the way back reads, and no more', () => {
  const forward = (checkpointing: boolean) => stack(3, checkpointing).calls.filter(({ kernel }) => kernel === 'swiGlu').length
  expect(forward(false)).toBe(3)
  expect(forward(true)).toBe(6)
  const products = (checkpointing: boolean) =>
    stack(3, checkpointing).calls.filter((call) => call.kernel === 'matMul' && call.numbers.layout === 'a·bᵀ').length
  // Up again in each block; down gives the block's result, which was kept.
  expect(products(true) - products(false)).toBe(3)
})

it('holds one block and an input for each, where otherwise each block is held', () => {
  const input = 32 * WIDTH * 4
  const block = input * 8
  expect(arenaOf(stack(9, false)) - arenaOf(stack(8, false))).toBeGreaterThanOrEqual(block)
  expect(arenaOf(stack(9, true)) - arenaOf(stack(8, true))).toBe(input)
})

it('gives a value that is computed twice two lives, between which its place is free', () => {
  const { calls, results } = stack(4, true)
  const lives = lifetimesOf(calls, results).filter(({ spans }) => spans.length > 1)
  expect(lives.length).toBeGreaterThan(0)
  for (const { spans } of lives) {
    expect(spans.length).toBe(2)
    expect(spans[0]?.last).toBeLessThan(spans[1]?.first ?? 0)
  }
})
