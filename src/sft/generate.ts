// Writes with a model, several prompts in one batch, one token a step over a key/value cache.
// Prompts of different lengths are padded on the left, so that all rows end, and grow, at the same place; positions and mask know the padding,
// and a row's text does not depend on its neighbours.
// Must not know: who asked, how text is shown.

import { uniformNumbers } from '../config/random.ts'
import type { Weight } from '../engine/weight.ts'
import type { TextTokenizer } from '../formats/tokenizer/load.ts'
import type { Decoder } from '../models/decoder.ts'
import { ProblemError } from '../problem/problem.ts'
import type { Sampling } from '../protocol/generate.ts'
import type { OpenReader } from './reader.ts'
import { pickToken } from './sample.ts'

export type WriteSettings = {
  max_new_tokens: number
  sampling: Sampling
  /** Any of these ends a row. */
  endTokenIds: readonly number[]
  padTokenId: number
}

/** After each token: the new id of every row, null for rows that had ended before. */
export type WriteStep = readonly (number | null)[]

/** `ids` ends with the end token where one was written. */
export type Written = { ids: readonly number[]; stopped: 'end-token' | 'length' }

/**
 * Writes one token a row at each call of `next`; returns what every row wrote. Frees its reader however it is ended.
 * Rejects with `run.prompt-too-long` where prompt and answer would not fit into the model's positions.
 */
export async function* write(
  model: Decoder<Weight>,
  prompts: readonly (readonly number[])[],
  settings: WriteSettings,
  open: OpenReader,
): AsyncGenerator<WriteStep, Written[]> {
  const rows = prompts.map((prompt) => (prompt.length === 0 ? [settings.padTokenId] : prompt))
  const longest = rows.reduce((length, row) => Math.max(length, row.length), 0)
  const limit = model.config.max_position_embeddings
  if (longest >= limit) throw new ProblemError({ code: 'run.prompt-too-long', values: { tokens: longest, limit }, where: '' })
  const uniforms = rows.map((_, row) => uniformNumbers(settings.sampling.seed + row))
  const written: { ids: number[]; stopped: Written['stopped'] | null; present: Set<number> }[] = rows.map((row) => ({
    ids: [],
    stopped: null,
    present: new Set(row),
  }))
  const paddedKeys = paddingOf(rows, longest)
  let next = rows.flatMap((row) => [...new Array<number>(longest - row.length).fill(settings.padTokenId), ...row])
  const most = Math.min(settings.max_new_tokens, limit - longest)
  const reader = await open(model, { rows: rows.length, paddedKeys, capacity: longest + most })
  try {
    for (let count = 0; count < most; count++) {
      const logits = await reader.read(next)
      const step = written.map((row, at) => {
        if (row.stopped !== null) return null
        const id = pickToken(logits[at] ?? new Float32Array(1), row.present, settings.sampling, uniforms[at] ?? (() => 0))
        row.ids.push(id)
        row.present.add(id)
        if (settings.endTokenIds.includes(id)) row.stopped = 'end-token'
        return id
      })
      yield step
      if (written.every(({ stopped }) => stopped !== null)) break
      next = step.map((id) => id ?? settings.padTokenId)
    }
  } finally {
    reader.dispose()
  }
  return written.map(({ ids, stopped }) => ({ ids, stopped: stopped ?? 'length' }))
}

/** Runs a writer to its end. */
export async function writeAll(
  model: Decoder<Weight>,
  prompts: readonly (readonly number[])[],
  settings: WriteSettings,
  open: OpenReader,
  signal?: AbortSignal,
): Promise<Written[]> {
  const writing = write(model, prompts, settings, open)
  for (;;) {
    const { done, value } = await writing.next()
    if (done) return value
    if (signal?.aborted) {
      await writing.return([])
      return []
    }
  }
}

/** What was written, as text: without the end token, whether the tokenizer counts it as special or not. */
export function writtenText({ ids, stopped }: Written, tokenizer: Pick<TextTokenizer, 'decode'>): string {
  return tokenizer.decode(stopped === 'end-token' ? ids.slice(0, -1) : ids, { skipSpecial: true })
}

function paddingOf(rows: readonly (readonly number[])[], longest: number): number[] | null {
  const padded = rows.map((row) => longest - row.length)
  return padded.some((count) => count > 0) ? padded : null
}
