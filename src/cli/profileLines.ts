// A step's profile as a table in plain text: a line a kernel, then what no kernel did, then how near it all comes to the products' limit.

import type { StepProfile } from '../service/benching.ts'

/** @param plainMs of a step whose calls are not timed one by one */
export function profileLines({ stepMs, kernels, flops, limit }: StepProfile, plainMs: number): string[] {
  const outside = stepMs - kernels.reduce((sum, { ms }) => sum + ms, 0)
  const line = (name: string, calls: string, ms: number, gflops: string, gigabytes: string) =>
    [
      name.padEnd(24),
      calls.padStart(6),
      ms.toFixed(2).padStart(10),
      `${((100 * ms) / stepMs).toFixed(1)} %`.padStart(9),
      gflops.padStart(9),
      gigabytes.padStart(7),
    ].join('')
  const reached = flops / plainMs / 1e6
  return [
    `${'kernel'.padEnd(24)}${'calls'.padStart(6)}${'ms'.padStart(10)}${'of step'.padStart(9)}${'GFLOP/s'.padStart(9)}${'GB/s'.padStart(7)}`,
    ...kernels.map(({ kernel, calls, ms, flops: own, bytes }) =>
      line(kernel, String(calls), ms, own === 0 ? '' : (own / ms / 1e6).toFixed(1), (bytes / ms / 1e6).toFixed(1)),
    ),
    line('outside of kernels', '', outside, '', ''),
    `calls timed one by one: ${stepMs.toFixed(1)} ms a step; as they run otherwise: ${plainMs.toFixed(1)} ms`,
    `${(flops / 1e9).toFixed(2)} Gflop a step: ${reached.toFixed(1)} GFLOP/s, ${((100 * reached) / limit.gflops).toFixed(0)} % of a product's ${limit.gflops.toFixed(1)} (${limit.size} × ${limit.size} × ${limit.size})`,
  ]
}
