// Writing: a row does not depend on its neighbours, the cache changes nothing, a text ends where it should, and nothing stays behind.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyConfig, tinyDecoder, tinyTokenizer, tinyWeights } from '../../test/tinyModel.ts'
import { startBackend } from '../engine/backends/start.ts'
import { eagerOps } from '../engine/eager.ts'
import { inlinedKernels } from '../engine/targets/cpu/inlinedKernels.ts'
import { cpuTarget } from '../engine/targets/cpu/machine.ts'
import { disposeAll, memoryHeld, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import { hiddenStates, logitsOf, tokenBatch } from '../models/decoder.ts'
import { ProblemError } from '../problem/problem.ts'
import { type WriteSettings, write, writeAll, writtenText } from './generate.ts'
import { eagerReader, type OpenReader, planReader } from './reader.ts'
import { largest } from './sample.ts'

const prompts = [[104, 101, 200, 7], [12], [264, 1, 2, 3, 4, 5, 6, 9, 10], [33, 44]]
const greedy: WriteSettings = {
  max_new_tokens: 12,
  sampling: { temperature: 0, top_k: 0, top_p: 1, min_p: 0, repetition_penalty: 1, seed: 0 },
  endTokenIds: [],
  padTokenId: 262,
}
const penalised: WriteSettings = { ...greedy, sampling: { ...greedy.sampling, repetition_penalty: 1.5 } }
const sampled: WriteSettings = {
  ...greedy,
  sampling: { temperature: 1.5, top_k: 50, top_p: 0.95, min_p: 0.01, repetition_penalty: 1.2, seed: 11 },
}

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
const model = () => tinyDecoder(weights)

describe.each<[string, OpenReader]>([
  ['one op at a time', eagerReader],
  ['by plan', planReader({ target: cpuTarget(inlinedKernels, 1) })],
])('%s', (_name, reader) => {
  const idsOf = async (settings: WriteSettings, rows: readonly (readonly number[])[] = prompts) =>
    (await writeAll(model(), rows, settings, reader)).map(({ ids }) => ids)

  /** Greedy, with the whole text passed through the model for every token, and what is there already penalised by hand. */
  async function withoutCache(prompt: readonly number[], { max_new_tokens, sampling }: WriteSettings): Promise<number[]> {
    const ids = [...prompt]
    for (let count = 0; count < max_new_tokens; count++) {
      const tensor = scoped(() => {
        const { hidden } = hiddenStates(eagerOps, model(), tokenBatch({ batch: 1, ids, paddedKeys: null }), null)
        return logitsOf(eagerOps, model(), eagerOps.takeRows(hidden, [ids.length - 1]))
      })
      const penalty = sampling.repetition_penalty
      const there = new Set(ids)
      const logits = (await toValues(tensor)).map((logit, id) =>
        there.has(id) ? (logit < 0 ? logit * penalty : logit / penalty) : logit,
      )
      ids.push(largest(logits))
      tensor.dispose()
    }
    return ids.slice(prompt.length)
  }

  describe.each([
    ['', greedy],
    [', with a repetition penalty', penalised],
  ])('each row of a batch%s', (_name, settings) => {
    it('writes what it writes alone', async () => {
      const together = await idsOf(settings)
      for (const [row, prompt] of prompts.entries()) expect(await idsOf(settings, [prompt])).toEqual([together[row]])
    })

    it('writes what it writes without a cache', async () => {
      const together = await idsOf(settings)
      for (const [row, prompt] of prompts.entries()) expect(await withoutCache(prompt, settings)).toEqual(together[row])
    })
  })

  describe('a repetition penalty', () => {
    it('counts the prompt and what was written, and not the padding', async () => {
      const [alone = []] = await idsOf(penalised, [prompts[1] ?? []])
      expect(alone).not.toEqual((await idsOf(greedy))[1])
      // The short row is padded with the very token that it would write.
      const together = await idsOf({ ...penalised, padTokenId: alone[0] ?? 0 })
      expect(together[1]).toEqual(alone)
    })

    it('that is very high writes no token twice, nor one of the prompt', async () => {
      const never = { ...greedy, sampling: { ...greedy.sampling, repetition_penalty: 1e9 } }
      for (const [row, ids] of (await idsOf(never)).entries()) {
        const text = [...(prompts[row] ?? []), ...ids]
        expect(new Set(ids).size).toBe(ids.length)
        expect(new Set(text).size).toBe(new Set(prompts[row]).size + ids.length)
      }
    })
  })

  describe('each row of a batch', () => {
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
      const ended = await writeAll(model(), prompts, { ...greedy, endTokenIds: [9999, end] }, reader)
      for (const [row, { ids, stopped }] of ended.entries()) {
        const all = whole[row] ?? []
        const at = all.indexOf(end)
        expect(ids).toEqual(at === -1 ? all : all.slice(0, at + 1))
        expect(stopped).toBe(at === -1 ? 'length' : 'end-token')
      }
      expect(ended.some(({ stopped }) => stopped === 'length')).toBe(true)
    })
  })

  it('stops at whichever of several end tokens comes first', async () => {
    const whole = await idsOf(greedy)
    const ends = [whole[0]?.[5] ?? -1, whole[1]?.[2] ?? -1, whole[3]?.[8] ?? -1]
    const ended = await idsOf({ ...greedy, endTokenIds: ends })
    expect(ended).toEqual(
      whole.map((all) => {
        const at = all.findIndex((id) => ends.includes(id))
        return at === -1 ? all : all.slice(0, at + 1)
      }),
    )
    expect(new Set(ended.map((ids) => ids.at(-1)).filter((id) => ends.includes(id ?? -1))).size).toBeGreaterThan(1)
  })

  describe('limits', () => {
    it('writes no more tokens than asked for', async () => {
      expect(await writeAll(model(), [[5]], { ...greedy, max_new_tokens: 3 }, reader)).toMatchObject([
        { ids: { length: 3 }, stopped: 'length' },
      ])
      expect(await writeAll(model(), [[5], [6]], { ...greedy, max_new_tokens: 0 }, reader)).toEqual([
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
      const failed = writeAll(model(), [[1], long], greedy, reader)
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
      const writing = write(model(), [[5], [5]], { ...greedy, endTokenIds: whole.slice(1, 2) }, reader)
      const first = await writing.next()
      expect(first).toEqual({ done: false, value: [whole[0], whole[0]] })
      await writing.return([])
    })

    it('can be left in the middle without leaving anything behind', async () => {
      const writing = write(model(), prompts, greedy, reader)
      await writing.next()
      await writing.next()
      // Plans keep nothing as tensors.
      if (reader === eagerReader) expect(memoryHeld().tensors).toBeGreaterThan(held)
      await writing.return([])
      expect(memoryHeld().tensors).toBe(held)
    })

    it('end when they are cancelled', async () => {
      const stop = new AbortController()
      stop.abort()
      expect(await writeAll(model(), prompts, greedy, reader, stop.signal)).toEqual([])
    })
  })
})

it('reads what was written without the end token, special or not', () => {
  expect(writtenText({ ids: [49, 50, 51], stopped: 'end-token' }, tinyTokenizer)).toBe('12')
  expect(writtenText({ ids: [49, 50, 51], stopped: 'length' }, tinyTokenizer)).toBe('123')
  expect(writtenText({ ids: [], stopped: 'length' }, tinyTokenizer)).toBe('')
})
