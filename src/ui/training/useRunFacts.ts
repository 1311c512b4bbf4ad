// What the next run would be, kept true to the stores.

import { backend } from '../../session/backend.ts'
import { dataset } from '../../session/dataset.ts'
import { forecast } from '../../session/forecast.ts'
import { model } from '../../session/model.ts'
import { play } from '../../session/play.ts'
import { preview } from '../../session/preview.ts'
import { runChoices } from '../../session/runChoices.ts'
import { settings } from '../../session/settings.ts'
import { watch } from '../../session/watch.ts'
import { useStore } from '../kit/useStore.ts'
import { type RunFacts, runFacts } from './runFacts.ts'

export function useRunFacts(): RunFacts {
  const { summary, status } = useStore(model)
  const choosing = useStore(backend, (now) => now.status === 'choosing')
  return runFacts({
    settings: useStore(settings, (now) => now.settings),
    preview: useStore(preview),
    hasData: useStore(dataset, (now) => now.inUse !== null),
    model: summary,
    memory: useStore(forecast, (now) => now.report),
    modelOpening: status === 'opening' || (choosing && summary === null),
    leaveOutUnlearnable: useStore(runChoices, (now) => now.leaveOutUnlearnable),
    watch: useStore(watch, (now) => now.choice),
    busy: useStore(play, (now) => now.status === 'writing'),
  })
}
