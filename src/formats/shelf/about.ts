// What the shelf knows of an entry without reading its files, as it is written beside them.
// Must not know: where it is kept.

import * as v from 'valibot'
import type { ShelfAbout } from '../../protocol/shelf.ts'

const base = v.variant('kind', [
  v.object({ kind: v.literal('embedded') }),
  v.object({ kind: v.literal('shelf'), id: v.string() }),
  v.object({ kind: v.literal('elsewhere') }),
])

const schema = v.variant('kind', [
  v.object({
    kind: v.literal('model'),
    architecture: v.string(),
    parameters: v.number(),
    dtype: v.string(),
    license: v.string(),
    run: v.nullable(v.string()),
    hub: v.nullish(v.object({ repository: v.string(), commit: v.string() }), null),
  }),
  v.object({
    kind: v.literal('adapter'),
    r: v.number(),
    parameters: v.number(),
    baseName: v.string(),
    base,
    run: v.nullable(v.string()),
  }),
  v.object({ kind: v.literal('dataset'), records: v.number() }),
  v.object({
    kind: v.literal('run'),
    run: v.string(),
    model: v.string(),
    dataset: v.string(),
    method: v.picklist(['full', 'lora']),
    steps: v.number(),
    lastLoss: v.nullable(v.number()),
    verdict: v.nullable(v.picklist(['worked', 'recites', 'not-learned'])),
    twin: v.boolean(),
  }),
])

/** null for what another version wrote. */
export function readAbout(value: unknown): ShelfAbout | null {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : null
}
