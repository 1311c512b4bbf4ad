// What each CPU kernel does at the shapes that training and writing have: npm run bench:kernels [-- words that a row's name must contain]
// Products in GFLOP/s, the rest in GB/s, in both binaries, on one thread, beside TensorFlow.js' wasm backend.

import { attentions } from './kernels/attention.ts'
import { elements } from './kernels/elements.ts'
import { clearRooms, heading, measure } from './kernels/measure.ts'
import { pointwise } from './kernels/pointwise.ts'
import { products } from './kernels/products.ts'

const words = process.argv.slice(2)
console.log(heading)
for (const rowsOf of [...products, ...attentions, ...pointwise, ...elements]) {
  clearRooms()
  for (const row of rowsOf()) if (words.every((word) => row.name.includes(word))) measure(row)
}
