// Opens the same model once more after it could not be opened.

import type { ModelSource } from '../../protocol/model.ts'
import { openModel } from '../../session/model.ts'
import { unlessLosing } from '../../session/unsaved.ts'
import { Button } from '../kit/Button.tsx'
import { useWords } from '../words/useWords.ts'
import { nameOf } from './nameOf.ts'

export function TryAgain({ source }: { source: ModelSource | null }) {
  const { model: words } = useWords()
  const again = () => void unlessLosing({ what: 'model', name: nameOf(source) }, () => openModel(source ?? { kind: 'embedded' }))
  return (
    <Button size="small" onClick={again}>
      {words.tryAgain}
    </Button>
  )
}
