// A run that does not fit into memory, said before it is started, and one press to the nearest settings that would.

import { forecast, takeNearest } from '../../session/forecast.ts'
import { Button } from '../kit/Button.tsx'
import { ProblemNote } from '../kit/ProblemNote.tsx'
import { useStore } from '../kit/useStore.ts'
import { useWords } from '../words/useWords.ts'

export function TooLargeNote() {
  const words = useWords().training
  const report = useStore(forecast, (now) => now.report)
  if (report === null || report.problem === null) return null
  return (
    <ProblemNote problem={report.problem} tone="warn">
      {report.nearest === null ? undefined : <Button onClick={takeNearest}>{words.takeNearest}</Button>}
    </ProblemNote>
  )
}
