// `bench`: a training step of any shape with random weights, measured on this machine; --profile: also where its time goes.

import { bench as measure, readBenchShape } from '../../service/benching.ts'
import { argumentsOf, deviceOf, deviceOptions, readJson, required } from '../arguments.ts'
import { startSession } from '../host.ts'
import { print } from '../output.ts'
import { profileLines } from '../profileLines.ts'
import { UsageError } from '../usageError.ts'

export async function bench(argv: readonly string[]): Promise<void> {
  const { values } = argumentsOf(argv, {
    ...deviceOptions,
    config: { type: 'string' },
    profile: { type: 'boolean', default: false },
  })
  const file = required('config', values.config)
  const shape = readBenchShape(await readJson(file, '--config'), file)
  const { studio } = await startSession(deviceOf(values))
  if (values.profile && studio.target === null)
    throw new UsageError('--profile is of steps by plan, and here ops run one by one (--engine plan).')
  const report = await measure(studio, shape, values.profile)
  const { backend, engine } = studio.backend ?? { backend: null, engine: null }
  print(values.json, { ...report, backend, engine }, () => {
    const { stepMs, tokensPerSecond, bytesPeak } = report
    const sums = `${stepMs.toFixed(1)} ms a step, ${tokensPerSecond.toFixed(0)} tokens/s, ${(bytesPeak / 1e6).toFixed(0)} MB (${engine} on ${backend})`
    return [...(report.profile ? profileLines(report.profile, stepMs) : []), sums].join('\n')
  })
}
