// What readDecoderConfig says of a config.json that it does not take.

import { readDecoderConfig } from '../src/models/config.ts'
import { ProblemError } from '../src/problem/problem.ts'

/** The problem's code and the setting that it names, "model.unsupported hidden_act"; null where the file is taken. */
export function refusalOf(json: unknown): string | null {
  try {
    readDecoderConfig(json)
    return null
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { problem } = error
    if (problem.code !== 'model.unsupported' && problem.code !== 'model.bad-config') throw error
    return `${problem.code} ${problem.values.setting}`
  }
}
