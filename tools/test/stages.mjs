// The stages of `npm test`, in order: what each is called, what it runs, how its tests are counted.
// Must not know: how a stage is run, what the others said.

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly string[]} command a script below node_modules or the root, for this Node
 * @property {'one' | 'report'} counts one: the exit status is one check. report: Vitest's JSON report has the numbers
 * @property {number} limitMinutes after which it is ended and counted as failed
 */

const vitest = 'node_modules/vitest/vitest.mjs'

/** @type {readonly Stage[]} */
export const stages = [
  { name: 'Types', command: ['node_modules/typescript/bin/tsc', '--noEmit'], counts: 'one', limitMinutes: 3 },
  {
    name: 'Lint',
    command: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--max-diagnostics=100', '.'],
    counts: 'one',
    limitMinutes: 2,
  },
  { name: 'House', command: ['tools/checkHouse.mjs'], counts: 'one', limitMinutes: 1 },
  { name: 'Dead code', command: ['node_modules/knip/bin/knip.js'], counts: 'one', limitMinutes: 2 },
  { name: 'Units and ops', command: [vitest, 'run', '--exclude', 'test/cli/**'], counts: 'report', limitMinutes: 14 },
  { name: 'Command line', command: [vitest, 'run', 'test/cli', '--passWithNoTests'], counts: 'report', limitMinutes: 8 },
  { name: 'Page', command: [vitest, 'run', '--config', 'test/page/vitest.config.ts'], counts: 'report', limitMinutes: 15 },
]
