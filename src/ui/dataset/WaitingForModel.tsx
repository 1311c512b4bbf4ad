// Stands in for the figures while no tokenizer is there to cut the text.

import { go } from '../../session/address.ts'
import { model } from '../../session/model.ts'
import { Button } from '../kit/Button.tsx'
import { EmptyState } from '../kit/EmptyState.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'

export function WaitingForModel() {
  const { dataset: words } = useWords()
  const status = useStore(model, (now) => now.status)
  if (status !== 'none')
    return <p role="status">{status === 'ready' ? words.figures.tokenising : words.figures.waitingForModel}</p>
  return (
    <EmptyState
      title={words.figures.noModel}
      actions={
        <Button variant="primary" onClick={() => go('model')}>
          {words.figures.openModel}
        </Button>
      }
    />
  )
}
