// The command line: the same services as the tab, without a page. `npm run -s tabtune -- help` lists the commands.
// Exit status 0, 1 for a problem (one clear line on standard error), 2 for wrong usage.

import { asProblem, sayProblem } from '../problem/problem.ts'
import { bench } from './commands/bench.ts'
import { demo } from './commands/demo.ts'
import { evaluate } from './commands/evaluate.ts'
import { exportModel } from './commands/export.ts'
import { generate } from './commands/generate.ts'
import { inspect } from './commands/inspect.ts'
import { preview } from './commands/preview.ts'
import { probe } from './commands/probe.ts'
import { pull } from './commands/pull.ts'
import { train } from './commands/train.ts'
import { usage } from './usage.ts'
import { UsageError } from './usageError.ts'

const commands: Readonly<Record<string, (argv: readonly string[]) => Promise<void>>> = {
  preview,
  train,
  generate,
  evaluate,
  probe,
  export: exportModel,
  inspect,
  pull,
  bench,
  demo,
}

async function main([name, ...rest]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(usage)
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  try {
    if (!command) throw new UsageError(`There is no command ${name}; there are ${Object.keys(commands).join(', ')}.`)
    await command(rest)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(onOneLine(`${error.message} See: npm run -s tabtune -- help`))
      return 2
    }
    const problem = asProblem(error)
    const { what, remedy } = sayProblem(problem)
    console.error(onOneLine([problem.where === '' ? what : `${problem.where}: ${what}`, remedy].join(' ')))
    return 1
  }
}

function onOneLine(words: string): string {
  return words.replace(/\s*\n\s*/g, ' ')
}

// Standard output may be a pipe that is still being read: the process ends by itself, with this status.
process.exitCode = await main(process.argv.slice(2))
