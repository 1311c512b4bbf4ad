// Builds the page once before its tests, if a source has changed.

import { buildPage } from '../../tools/setup/page.mjs'

export function setup() {
  buildPage()
}
