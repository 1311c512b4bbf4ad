// Asks before the tab is closed while a run is under way: what it has learned so far could not be had again.

import { useEffect } from 'react'
import { run } from '../../session/run.ts'
import { isUnderWay } from '../../session/runState.ts'
import { useStore } from '../kit/useStore.ts'

export function useLeaveQuestion() {
  const training = useStore(run, (now) => isUnderWay(now.status))
  useEffect(() => {
    if (!training) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [training])
}
