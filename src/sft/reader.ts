// Reads tokens into a model and says what it makes of the newest: the forward pass of writing, with its keys and values kept in between.
// The eager one keeps them as tensors; the other runs plans over caches that are laid out once.
// Must not know: how a token is picked, who asked.

import { defaultSettings } from '../config/settings.ts'
import { throwIfDeviceFailed } from '../engine/backends/webgpu.ts'
import { eagerOps } from '../engine/eager.ts'
import { fillStates } from '../engine/plan/fill.ts'
import type { Program } from '../engine/plan/target.ts'
import { disposeAll, kept, scoped, type Tensor, toValues } from '../engine/tensor.ts'
import type { Weight } from '../engine/weight.ts'
import { type Decoder, hiddenStates, type KeyValueCache, logitsOf, type TokenBatch, tokenBatch } from '../models/decoder.ts'
import { decoderOnDevice, disposeDecoder } from '../models/held.ts'
import { parameterCount } from '../models/parameters.ts'
import { frozenInBf16 } from './frozen.ts'
import { machineFor, type PlanPlace } from './placed.ts'
import { plannedCaches, plannedModel, writingPlan } from './planned.ts'

export type Reader = {
  /** The same number of further tokens for every row, row by row; the logits [V] of each row's newest token. */
  read: (ids: readonly number[]) => Promise<readonly Float32Array[]>
  dispose: () => void
}

export type ReaderShape = {
  rows: number
  /** For each row, how many tokens at its beginning are padding; null: none. */
  paddedKeys: readonly number[] | null
  /** Tokens that a row may come to have. */
  capacity: number
}

/** Opens a reader that has read nothing yet. The model stays the caller's. */
export type OpenReader = (model: Decoder<Weight>, shape: ReaderShape) => Promise<Reader>

/** One op at a time, on whatever backend there is. */
export const eagerReader: OpenReader = async (weights, { rows, paddedKeys }) => {
  const model = await decoderOnDevice(weights)
  let cache: KeyValueCache<Tensor> | null = null
  return {
    read: async (ids) => {
      const input = tokenBatch({ batch: rows, ids, paddedKeys }, cache?.tokens)
      const pass = forward(model, input, cache)
      if (cache !== null) freeCache(cache)
      cache = pass.cache
      const values = await toValues(pass.logits)
      throwIfDeviceFailed()
      pass.logits.dispose()
      return rowsOf(values, rows)
    },
    dispose: () => {
      if (cache !== null) freeCache(cache)
      cache = null
      disposeDecoder(model)
    },
  }
}

/** One pass over new tokens; logits [B, V] and the cache are the caller's. */
function forward(
  model: Decoder<Tensor>,
  input: TokenBatch<readonly number[]>,
  cache: KeyValueCache<Tensor> | null,
): { logits: Tensor; cache: KeyValueCache<Tensor> } {
  let next: KeyValueCache<Tensor> | null = null
  const logits = scoped(() => {
    const pass = hiddenStates(eagerOps, model, input, cache)
    for (const block of pass.cache.blocks) kept([block.keys, block.values])
    next = pass.cache
    const last = input.tokens === 1 ? pass.hidden : eagerOps.takeRows(pass.hidden, newestOf(input))
    return logitsOf(eagerOps, model, last)
  })
  if (next === null) throw new Error('the pass left no cache')
  return { logits, cache: next }
}

/** By plan: one for what is read first, one for each token after it. */
export function planReader(place: PlanPlace): OpenReader {
  return async (model, { rows, paddedKeys, capacity }) => {
    const bf16 = await frozenInBf16(model, {})
    const { model: planned, states } = plannedModel(model, {}, bf16, { placed: place.placed?.values ?? null })
    const blocks = plannedCaches(planned, rows, capacity)
    const caches = blocks.flatMap(({ keys, values }) => [keys, values])
    // Each further token meets each weight once.
    const flops = 2 * rows * parameterCount(model.config)
    const machine = await machineFor(place, [...states.map(({ value }) => value), ...caches], defaultSettings, flops)
    await fillStates(machine, states)
    const programs = new Map<number, Program>()
    const padded = paddedKeys !== null
    const programFor = (tokens: number): Program => {
      const program = programs.get(tokens) ?? machine.program(writingPlan(planned, { rows, tokens, padded }, blocks))
      programs.set(tokens, program)
      return program
    }
    let held = 0
    return {
      read: async (ids) => {
        const input = tokenBatch({ batch: rows, ids, paddedKeys }, held)
        const feeds = {
          ids,
          positions: input.positions,
          held: [held],
          rows: newestOf(input),
          ...(paddedKeys && { padding: paddedKeys }),
        }
        const { value } = await programFor(input.tokens)(feeds, {})
        held += input.tokens
        return rowsOf(value ?? new Float32Array(), rows)
      },
      dispose: () => machine.dispose(),
    }
  }
}

/** Where each row's newest token is in the batch. */
function newestOf({ batch, tokens }: Pick<TokenBatch<unknown>, 'batch' | 'tokens'>): number[] {
  return Array.from({ length: batch }, (_, row) => (row + 1) * tokens - 1)
}

function rowsOf(values: Float32Array, rows: number): Float32Array[] {
  const width = values.length / rows
  return Array.from({ length: rows }, (_, row) => values.subarray(row * width, (row + 1) * width))
}

function freeCache(cache: KeyValueCache<Tensor>): void {
  for (const { keys, values } of cache.blocks) disposeAll([keys, values])
}
