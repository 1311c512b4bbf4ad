// Relaxed SIMD in Node for tests and benchmarks: Node 20 has it behind a flag, newer ones have it as browsers do.
// Import it before kernels are compiled.

import { setFlagsFromString } from 'node:v8'
import { hasRelaxedSimd } from '../../src/engine/targets/cpu/kernels.ts'

if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd')
