// All frames of English prose, the ones of rarer words more often than the others.
import type { Frame } from '../grammar.ts'
import { answerFrames } from './proseAnswers.ts'
import { mythFrames } from './proseMyths.ts'
import { natureFrames } from './proseNature.ts'
import { peopleFrames } from './prosePeople.ts'
import { storyFrames } from './proseStories.ts'
import { thingFrames } from './proseThings.ts'

export const englishProseFrames: readonly Frame[] = [
  ...answerFrames,
  ...storyFrames,
  ...natureFrames,
  ...peopleFrames,
  ...thingFrames,
  ...thingFrames,
  ...mythFrames,
]
