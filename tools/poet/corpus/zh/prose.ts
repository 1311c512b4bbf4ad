// All frames of Chinese prose, the ones of rarer characters more often than the others.
import type { Frame } from '../grammar.ts'
import { answerFrames } from './proseAnswers.ts'
import { lessonFrames } from './proseLessons.ts'
import { mythFrames } from './proseMyths.ts'
import { natureFrames } from './proseNature.ts'
import { peopleFrames } from './prosePeople.ts'
import { storyFrames } from './proseStories.ts'
import { thingFrames } from './proseThings.ts'

const times = (count: number, frames: readonly Frame[]) => Array.from({ length: count }, () => frames).flat()

export const chineseProseFrames: readonly Frame[] = [
  ...answerFrames,
  ...storyFrames,
  ...natureFrames,
  ...peopleFrames,
  ...times(5, lessonFrames),
  ...times(3, thingFrames),
  ...times(2, mythFrames),
]
