// Keeps the data set in use through a reload of the page, edits included: its bytes lie in the tab's own storage, which ends with the tab.
// A file beyond the limit is not kept; after a reload it has to be dropped again.
// Must not know: what a file holds.

import type { ChangeRecordRequest, ColumnRoles } from '../protocol/dataset.ts'
import { type Dataset, dataset, reopenDataset } from './dataset.ts'
import { forgetInTab, recallInTab, rememberInTab } from './memory.ts'

const key = 'tabtune.records'
const bytesKept = 2_000_000

/** `bytes`: one character a byte, so that every encoding stays as it is. */
type Kept = { name: string; bytes: string; roles: ColumnRoles | null; changes: readonly ChangeRecordRequest[] }

/** Keeps what is in use from now on. Called once, when the page opens, after `reopenKept`. */
export function followDataset(): () => void {
  const follow = () => {
    const { inUse } = dataset.get()
    if (inUse !== null) void keep(inUse)
  }
  follow()
  return dataset.subscribe(follow)
}

/** Takes what was kept before the reload into use again. */
export async function reopenKept(): Promise<void> {
  const kept = recallInTab(key)
  if (!isKept(kept)) return
  const bytes = Uint8Array.from(kept.bytes, (character) => character.charCodeAt(0))
  await reopenDataset({ source: { name: kept.name, content: new Blob([bytes]) }, roles: kept.roles, changes: kept.changes })
}

async function keep({ source, roles, changes }: Dataset): Promise<void> {
  const blob = typeof source.content === 'string' ? new Blob([source.content]) : source.content
  if (blob.size > bytesKept) return forgetInTab(key)
  const bytes = Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join('')
  if (dataset.get().inUse?.source === source) rememberInTab(key, { name: source.name, bytes, roles, changes } satisfies Kept)
}

/** It was written by this very page a moment ago, and the worker checks the rest. */
function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'bytes' in value &&
    typeof value.bytes === 'string' &&
    'changes' in value &&
    Array.isArray(value.changes)
  )
}
