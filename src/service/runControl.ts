// How a run under way is reached from the door: pausing, going on and stopping take hold between two steps.

import { ProblemError } from '../problem/problem.ts'
import type { Slot } from '../protocol/model.ts'
import type { StopRequest, TrainEvent } from '../protocol/train.ts'
import type { RunControl, Studio } from './studio.ts'
import { nextTurn } from './turn.ts'

/** Between two steps: hears the door, holds the run while it is paused, ends it when it is to end. */
export async function obey(control: RunControl, tell: (event: TrainEvent) => void): Promise<'go-on' | 'stop'> {
  await nextTurn()
  if (control.wanted === 'pause') {
    tell({ kind: 'paused', step: control.step })
    while (control.wanted === 'pause') {
      await new Promise<void>((wake) => {
        control.wake = wake
      })
    }
    control.wake = null
    if (control.wanted === 'train') tell({ kind: 'resumed', step: control.step })
  }
  return control.wanted === 'train' ? 'go-on' : 'stop'
}

/** Says what is wanted from here on, and wakes a run that is paused. Answers with the last step done. */
export function want(control: RunControl, wanted: RunControl['wanted']): { step: number } {
  control.wanted = wanted
  control.wake?.()
  return { step: control.step }
}

function runOf(studio: Studio, slot: Slot): RunControl {
  if (studio.run === null || studio.run.slot !== slot)
    throw new ProblemError({ code: 'run.not-running', values: { needed: slot }, where: '' })
  return studio.run
}

export async function pauseTraining(studio: Studio, { slot }: { slot: Slot }): Promise<{ step: number }> {
  return want(runOf(studio, slot), 'pause')
}

export async function resumeTraining(studio: Studio, { slot }: { slot: Slot }): Promise<{ step: number }> {
  return want(runOf(studio, slot), 'train')
}

export async function stopTraining(studio: Studio, { slot, keep }: StopRequest): Promise<{ step: number }> {
  return want(runOf(studio, slot), keep ? 'keep' : 'discard')
}
