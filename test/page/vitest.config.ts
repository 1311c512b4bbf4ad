// The tests of the page: a real Chromium, one file after the other, on the page as `npm run build` makes it.

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: ['test/page/**/*.test.ts'],
    globalSetup: ['test/page/buildOnce.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
