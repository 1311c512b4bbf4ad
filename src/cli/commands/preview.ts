// `preview`: for each record what is learned and what is only context.

import { sayProblem } from '../../problem/problem.ts'
import { argumentsOf, chatFormFrom, chatOptions, deviceOf, deviceOptions, oneOf, required, wholeNumberOf } from '../arguments.ts'
import { openData, openSession, quietly } from '../host.ts'
import { limitLines } from '../lengthLines.ts'
import { note, oneLine, print } from '../output.ts'

export async function preview(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    ...chatOptions,
    model: { type: 'string' },
    data: { type: 'string' },
    mask: { type: 'string' },
    'max-length': { type: 'string' },
    'skip-bad': { type: 'boolean', default: false },
  })
  const mask = oneOf('mask', values.mask, ['prefix', 'parts', 'none'], 'prefix')
  const max_length = values['max-length'] === undefined ? null : wholeNumberOf('max-length', values['max-length'], 2, 2)
  const data = required('data', values.data)
  const session = await openSession(deviceOf(values), required('model', values.model))
  await openData(session, data, values['skip-bad'])
  const report = await session.handlers.preview(
    { mask, max_length, overlong: 'truncate', heldOut: null, chat: chatFormFrom(values) },
    quietly(),
  )
  const { rows, endToken } = report
  if (endToken.problem !== null && !values.json) {
    const { what, remedy } = sayProblem(endToken.problem)
    note(`${what} ${remedy}`)
  }
  for (const { index } of rows) {
    const { ids, labels, context, learned, straddles, truncated, row } = await session.handlers.previewRecord(
      { index },
      quietly(),
    )
    print(values.json, { index, ids, labels, context, learned, straddles, truncated }, () =>
      [
        `record ${row}${truncated ? ', cut off' : ''}${straddles ? ', a token straddles the border' : ''}`,
        `  context  ${oneLine(context)}`,
        `  learned  ${oneLine(learned)}`,
      ].join('\n'),
    )
  }
  if (!values.json) console.log(['', ...limitLines(report)].join('\n'))
}
