// The words of the step Runs: the runs of before, and the page of one.

import type { VerdictKind } from '../../../protocol/generate.ts'

const verdicts: Record<VerdictKind, string> = {
  worked: 'the mask worked',
  recites: 'it recites the input',
  'not-learned': 'not learned',
}

export const runs = {
  title: 'Runs',
  intro:
    'Every run that ends is kept here: curve, settings, samples and verdict. Its weights are kept only if you put them on the shelf.',
  empty: { title: 'No runs yet', text: 'Once a model has been trained, its run can be looked at here again.', train: 'To Train' },
  missing: 'This browser keeps nothing for the page (is this a private window?), so runs of before cannot be had again.',
  verdicts,
  unjudged: 'no verdict',
  methods: { full: 'all weights', lora: 'LoRA' },
  steps: (count: string, one: boolean) => `${count} ${one ? 'step' : 'steps'}`,
  loss: (loss: string) => `loss ${loss}`,
  withTwin: 'with its twin',
  made: (when: string) => `made ${when}`,
  all: 'All runs',
  reading: 'Reading the run…',
  facts: {
    title: 'What was run',
    model: 'Model',
    adapter: 'Adapter',
    data: 'Records',
    method: 'Method',
    made: 'When',
    steps: 'Steps',
    took: 'Time',
    loss: 'Loss',
    fell: (from: string, to: string) => `${from} → ${to}`,
    base: 'Base model',
    tuned: 'Tuned model',
    twin: 'Twin',
    answered: (exact: string, recited: string, records: string) => `${exact} of ${records} answered exactly, ${recited} recited`,
  },
  models: 'Kept from this run',
  noModels: 'Its weights were not put on the shelf.',
  takeSettings: 'Train with these settings',
}
