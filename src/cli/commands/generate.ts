// `generate`: what a model writes after a prompt, given as text or as token ids.

import { turnsAsking } from '../../config/chatForm.ts'
import {
  argumentsOf,
  chatFormFrom,
  chatOptions,
  deviceOf,
  deviceOptions,
  numberOf,
  required,
  wholeNumberOf,
} from '../arguments.ts'
import { openSession, quietly } from '../host.ts'
import { print } from '../output.ts'
import { UsageError } from '../usageError.ts'

export async function generate(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    ...chatOptions,
    model: { type: 'string' },
    prompt: { type: 'string' },
    ids: { type: 'string' },
    'max-new-tokens': { type: 'string' },
    temperature: { type: 'string' },
    'top-p': { type: 'string' },
    'top-k': { type: 'string' },
    'min-p': { type: 'string' },
    'repetition-penalty': { type: 'string' },
    seed: { type: 'string' },
  })
  const given = promptOf(values.prompt, values.ids)
  const form = chatFormFrom(values)
  if (form !== null && typeof given !== 'string') throw new UsageError('--chat takes a --prompt.')
  const prompt = form === null || typeof given !== 'string' ? given : { messages: turnsAsking(given, form) }
  const sampling = {
    temperature: numberOf('temperature', values.temperature, 0),
    top_p: numberOf('top-p', values['top-p'], 1, 0, 1),
    top_k: wholeNumberOf('top-k', values['top-k'], 0),
    min_p: numberOf('min-p', values['min-p'], 0, 0, 1),
    repetition_penalty: penaltyOf(values['repetition-penalty']),
    seed: wholeNumberOf('seed', values.seed, 0),
  }
  const max_new_tokens = wholeNumberOf('max-new-tokens', values['max-new-tokens'], 64)
  const { handlers } = await openSession(deviceOf(values), required('model', values.model), values.adapter)
  const { panes, tokensPerSecond } = await handlers.generate(
    { panes: [{ slot: 'base', prompt }], max_new_tokens, sampling },
    quietly(),
  )
  const [pane] = panes
  if (!pane) throw new Error('nothing was written')
  print(values.json, { text: pane.text, ids: pane.ids, tokensPerSecond }, () => pane.text)
}

/** A score is divided by it: above 0. */
function penaltyOf(value: string | undefined): number {
  const penalty = numberOf('repetition-penalty', value, 1)
  if (penalty === 0) throw new UsageError('--repetition-penalty is above 0.')
  return penalty
}

function promptOf(text: string | undefined, ids: string | undefined): string | number[] {
  if ((text === undefined) === (ids === undefined)) throw new UsageError('Either --prompt or --ids is needed.')
  if (ids === undefined) return text ?? ''
  return ids.split(',').map((id) => {
    const number = Number(id)
    if (id.trim() === '' || !Number.isInteger(number) || number < 0)
      throw new UsageError(`--ids takes whole numbers with commas between, not "${id}".`)
    return number
  })
}
