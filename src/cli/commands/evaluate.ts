// `evaluate`: both prompts of every record, how each answer stands to its label and its input, and the verdict.

import type { EvaluatedRecord, Evaluation, Verdict } from '../../protocol/generate.ts'
import { argumentsOf, chatFormFrom, chatOptions, deviceOf, deviceOptions, required, wholeNumberOf } from '../arguments.ts'
import { openData, openSession, quietly } from '../host.ts'
import { oneLine, print } from '../output.ts'

export async function evaluate(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    ...chatOptions,
    model: { type: 'string' },
    data: { type: 'string' },
    'max-new-tokens': { type: 'string' },
    'skip-bad': { type: 'boolean', default: false },
  })
  const data = required('data', values.data)
  const max_new_tokens = wholeNumberOf('max-new-tokens', values['max-new-tokens'], 64)
  const chat = chatFormFrom(values)
  const session = await openSession(deviceOf(values), required('model', values.model), values.adapter)
  await openData(session, data, values['skip-bad'])
  const evaluation = await session.handlers.evaluate({ slots: ['base'], max_new_tokens, chat }, quietly())
  for (const slot of evaluation.slots) {
    for (const record of slot.records) print(values.json, recordLine(record), () => recordWords(record))
    print(values.json, verdictLine(slot.verdict, evaluation), () => verdictWords(slot.verdict))
  }
}

function recordLine({ index, instruct, input, label, fromInstruct, fromBoth }: EvaluatedRecord) {
  return {
    index,
    instruct,
    input,
    label,
    fromInstruct: fromInstruct.text,
    fromBoth: fromBoth.text,
    exact: fromBoth.exact,
    similarity: fromBoth.similarity,
    leaks: fromInstruct.recites,
    recited: fromInstruct.recited,
  }
}

function recordWords({ row, instruct, label, fromInstruct, fromBoth }: EvaluatedRecord): string {
  return [
    `record ${row}  ${oneLine(instruct)}`,
    `  label                ${oneLine(label)}`,
    `  instruct + input     ${oneLine(fromBoth.text)}  ${fromBoth.exact ? '= label' : `${(fromBoth.similarity * 100).toFixed(0)} % like it`}`,
    `  instruct             ${oneLine(fromInstruct.text)}  ${fromInstruct.recites ? 'RECITES THE INPUT' : ''}`.trimEnd(),
  ].join('\n')
}

function verdictLine({ kind, score }: Verdict, { tokensPerSecond }: Evaluation) {
  return {
    verdict: kind,
    records: score.records,
    exact: score.exact,
    recited: score.recited,
    meanSimilarity: score.meanSimilarity,
    tokensPerSecond,
  }
}

/** The verdict in one sentence. */
export function verdictWords({ kind, score }: Verdict): string {
  const { exact, records, recited } = score
  const answers = `instruct + input gives the label in ${exact} of ${records} records, instruct alone recites the input in ${recited}`
  if (kind === 'worked') return `The mask worked: ${answers}.`
  if (kind === 'recites') return `It recites the input: ${answers}.`
  return `Not learned: ${answers}.`
}
