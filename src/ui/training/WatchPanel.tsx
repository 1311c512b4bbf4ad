// Watch it learn: what the model of the run under way, or the last one, made of one prompt after each epoch.

import type { TrainSlot } from '../../session/runState.ts'
import { watch } from '../../session/watch.ts'
import { useStore } from '../kit/useStore.ts'
import { WatchedSamples } from './WatchedSamples.tsx'

export function WatchPanel({ slot }: { slot: TrainSlot }) {
  const { watched, samples } = useStore(watch)
  return watched === null ? null : <WatchedSamples watched={watched} written={samples[slot]} />
}
