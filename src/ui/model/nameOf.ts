// What a model is called before it has been read.

import type { ModelSource } from '../../protocol/model.ts'

export function nameOf(source: ModelSource | null): string {
  return source === null || source.kind === 'embedded' ? 'Tabtune-Poet' : source.name
}
