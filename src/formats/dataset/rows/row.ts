// A record as it stands in a file, before anyone asks what its fields mean.

import type { Problem } from '../../../problem/problem.ts'
import type { DatasetFormat } from '../../../protocol/dataset.ts'
import type { Json } from '../../json.ts'

export type Row = {
  /** The line it begins on, from 1. */
  line: number
  content: { ok: true; value: Json } | { ok: false; problem: Problem }
}

export type FileRows = {
  format: DatasetFormat
  rows: readonly Row[]
  /** The list's name, where the records were found inside an object. */
  wrappedIn: string | null
}
