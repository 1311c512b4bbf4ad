// Writing: a row does not depend on its neighbours, the cache changes nothing, a text ends where it should, and nothing stays behind.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyConfig, tinyTokenizer, tinyWeights } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { eagerOps } from '../engine/eager.ts'
import { disposeAll, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { hiddenStates, logitsOf } from '../models/decoder.ts'
import { ProblemError } from '../problem/problem.ts'
import { type WriteSettings, write, writeAll, writtenText } from './generate.ts'
import { largest } from './sample.ts'

const prompts = [[104, 101, 200, 7], [12], [264, 1, 2, 3, 4, 5, 6, 9, 10], [33, 44]]
const greedy: WriteSettings = {
  max_new_tokens: 12,
  sampling: { temperature: 0, top_k: 0, top_p: 1, seed: 0 },
  endTokenIds: [],
  padTokenId: 262,
}
const sampled: WriteSettings = { ...greedy, sampling: { temperature: 1.5, top_k: 50, top_p: 0.95, seed: 11 } }

let weights: Record<string, Tensor>
let held: number
beforeAll(async () => {
  await startBackend('wasm', { wasmFiles: null, isolated: false })
  weights = tinyWeights()
  held = memoryHeld().tensors
})
afterAll(() => {
  expect(memoryHeld().tensors, 'tensors held behind all tests').toBe(held)
  disposeAll(weights)
})
const model = () => ({ config: tinyConfig, weights })
const idsOf = async (settings: WriteSettings, rows: readonly (readonly number[])[] = prompts) =>
  (await writeAll(model(), rows, settings)).map(({ ids }) => ids)

/** Greedy, with the whole text passed through the model for every token. */
async function withoutCache(prompt: readonly number[], tokens: number): Promise<number[]> {
  const ids = [...prompt]
  for (let count = 0; count < tokens; count++) {
    const tensor = scoped(() => {
      const { hidden } = hiddenStates(eagerOps, tinyConfig, weights, { batch: 1, ids, paddedKeys: null }, null)
      return logitsOf(eagerOps, tinyConfig, weights, eagerOps.takeRows(hidden, [ids.length - 1]))
    })
    ids.push(largest(await toValues(tensor)))
    tensor.dispose()
  }
  return ids.slice(prompt.length)
}

describe('each row of a batch', () => {
  it('writes what it writes alone', async () => {
    const together = await idsOf(greedy)
    for (const [row, prompt] of prompts.entries()) expect(await idsOf(greedy, [prompt])).toEqual([together[row]])
  })

  it('writes what it writes without a cache', async () => {
    const together = await idsOf(greedy)
    for (const [row, prompt] of prompts.entries()) expect(await withoutCache(prompt, 12)).toEqual(together[row])
  })

  it('draws with its own seed: row r with seed s as alone with seed s + r', async () => {
    const together = await idsOf(sampled)
    for (const [row, prompt] of prompts.entries()) {
      const seed = sampled.sampling.seed + row
      expect(await idsOf({ ...sampled, sampling: { ...sampled.sampling, seed } }, [prompt])).toEqual([together[row]])
    }
  })

  it('draws the same again, and something else with another seed', async () => {
    const once = await idsOf(sampled)
    expect(await idsOf(sampled)).toEqual(once)
    expect(await idsOf({ ...sampled, sampling: { ...sampled.sampling, seed: 99 } })).not.toEqual(once)
  })

  it('ends at its own end token, which it keeps, while the others go on', async () => {
    const whole = await idsOf(greedy)
    const end = whole[0]?.[3] ?? -1
    const ended = await writeAll(model(), prompts, { ...greedy, endTokenIds: [9999, end] })
    for (const [row, { ids, stopped }] of ended.entries()) {
      const all = whole[row] ?? []
      const at = all.indexOf(end)
      expect(ids).toEqual(at === -1 ? all : all.slice(0, at + 1))
      expect(stopped).toBe(at === -1 ? 'length' : 'end-token')
    }
    expect(ended.some(({ stopped }) => stopped === 'length')).toBe(true)
  })
})

describe('limits', () => {
  it('writes no more tokens than asked for', async () => {
    expect(await writeAll(model(), [[5]], { ...greedy, max_new_tokens: 3 })).toMatchObject([
      { ids: { length: 3 }, stopped: 'length' },
    ])
    expect(await writeAll(model(), [[5], [6]], { ...greedy, max_new_tokens: 0 })).toEqual([
      { ids: [], stopped: 'length' },
      { ids: [], stopped: 'length' },
    ])
  })

  it("ends at the model's last position", async () => {
    const long = new Array<number>(tinyConfig.max_position_embeddings - 4).fill(5)
    expect(await idsOf(greedy, [long])).toMatchObject([{ length: 4 }])
  })

  it('refuses a prompt that leaves no room', async () => {
    const long = new Array<number>(tinyConfig.max_position_embeddings).fill(5)
    const failed = writeAll(model(), [[1], long], greedy)
    await expect(failed).rejects.toThrow(ProblemError)
    await expect(failed).rejects.toThrow('96 tokens')
  })

  it('begins an empty prompt with the padding token', async () => {
    expect(await idsOf(greedy, [[], [5, 6]])).toEqual([...(await idsOf(greedy, [[262]])), ...(await idsOf(greedy, [[5, 6]]))])
  })
})

describe('the steps', () => {
  it('give one id a row, and nothing for rows that have ended', async () => {
    const [whole = []] = await idsOf(greedy, [[5]])
    const writing = write(model(), [[5], [5]], { ...greedy, endTokenIds: whole.slice(1, 2) })
    const first = await writing.next()
    expect(first).toEqual({ done: false, value: [whole[0], whole[0]] })
    await writing.return([])
  })

  it('can be left in the middle without leaving anything behind', async () => {
    const writing = write(model(), prompts, greedy)
    await writing.next()
    await writing.next()
    expect(memoryHeld().tensors).toBeGreaterThan(held)
    await writing.return([])
    expect(memoryHeld().tensors).toBe(held)
  })

  it('end when they are cancelled', async () => {
    const stop = new AbortController()
    stop.abort()
    expect(await writeAll(model(), prompts, greedy, stop.signal)).toEqual([])
  })
})

it('reads what was written without the end token, special or not', () => {
  expect(writtenText({ ids: [49, 50, 51], stopped: 'end-token' }, tinyTokenizer)).toBe('12')
  expect(writtenText({ ids: [49, 50, 51], stopped: 'length' }, tinyTokenizer)).toBe('123')
  expect(writtenText({ ids: [], stopped: 'length' }, tinyTokenizer)).toBe('')
})
