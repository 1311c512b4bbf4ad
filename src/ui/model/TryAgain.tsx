// Opens the same model once more after it could not be opened.

import type { ModelSource } from '../../protocol/model.ts'
import { openModel } from '../../session/model.ts'
import { Button } from '../kit/Button.tsx'
import { useWords } from '../words/useWords.ts'

export function TryAgain({ source }: { source: ModelSource | null }) {
  const { model: words } = useWords()
  return (
    <Button size="small" onClick={() => void openModel(source ?? { kind: 'embedded' })}>
      {words.tryAgain}
    </Button>
  )
}
