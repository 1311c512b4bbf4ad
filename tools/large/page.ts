// docs/large-models.md: what a run over the large checkpoint came to, check by check.

import { cpus, loadavg } from 'node:os'
import { processor } from '../../bench/machine.ts'

export type Check = {
  /** wasm, webgpu, or both. */
  place: string
  what: string
  wanted: string
  came: string
  holds: boolean
}

export const failuresOf = (checks: readonly Check[]) => checks.filter(({ holds }) => !holds).length

export async function largePage(checks: readonly Check[]): Promise<string> {
  const row = ({ place, what, wanted, came, holds }: Check) =>
    `| ${place} | ${what} | ${wanted} | ${came} | ${holds ? 'yes' : '**no**'} |`
  const where = `${await processor()}, ${cpus().length} cores, Node ${process.versions.node}; load of the machine at the end ${loadavg()[0]?.toFixed(1)}`
  return `# Large models

\`npm run test:large\` makes a checkpoint of exactly Qwen2.5-0.5B's configuration and tensor names with random weights (494 M parameters, bfloat16, 1 GB, below \`.cache/\`; \`-- --clean\` takes it away afterwards) and has this project use it as anybody would. Each check is a process of its own. It is no part of \`npm test\`.

By \`npm run test:large\` on ${new Date().toISOString().slice(0, 10)}: ${where}. webgpu is the first Vulkan driver that Dawn finds; without a GPU that is Mesa's lavapipe, on the same cores.

| on | what | wanted | came to | holds |
| --- | --- | --- | --- | --- |
${checks.map(row).join('\n')}

How it fits: a model's weights stay in their file. A run's memory is filled from there in pieces of 16 MiB, bfloat16 as it is; the kernels widen it. What LoRA trains is a small part; the frozen part has no gradient and no copy. What a run will take is said before it starts: \`npm run -s tabtune -- inspect DIR --memory --config FILE.json\`.
`
}
