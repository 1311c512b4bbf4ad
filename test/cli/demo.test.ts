// The demo on the embedded model, with few steps: only that the whole loop runs, not that anything is learned.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { jsonOf, workplace } from './tabtune.ts'

const place = workplace()
const embedded = join(import.meta.dirname, '../../public/models/tabtune-poet/model.safetensors')
const missing = !existsSync(embedded)
if (missing && process.env.CI) throw new Error(`The embedded model is missing: ${embedded}`)
if (missing) console.warn(`Skipped: the embedded model is not there (${embedded}).`)

describe.skipIf(missing)('demo', () => {
  it('prints the curve, the panes and the verdicts of three models', { timeout: 240_000 }, async () => {
    const config = place.json('few.json', { max_steps: 2, per_device_train_batch_size: 2 })
    const lines = await jsonOf(['demo', '--lang', 'en', '--config', config])
    const slotsOf = (field: string) =>
      lines.flatMap((line) => (v.is(v.looseObject({ [field]: v.string(), slot: v.string() }), line) ? [line.slot] : []))
    expect(lines.filter((line) => v.is(v.looseObject({ step: v.number() }), line)).length).toBe(4)
    expect(slotsOf('fromBoth')).toEqual(['base', 'tuned', 'twin'])
    expect(slotsOf('verdict')).toEqual(['base', 'tuned', 'twin'])
    expect(lines.at(-1)).toEqual({ done: true, seconds: expect.any(Number) })
  })
})
