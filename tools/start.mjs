// `npm start`: packages if they are missing, the page built if a source changed, served here, opened in the browser.
// Works before anything is installed, so it imports nothing but Node's own modules and files beside it.
// --no-isolation serves as a plain static host does, without the headers that wasm threads need.

import { requireNode } from './setup/node.mjs'

async function start() {
  const { installPackages } = await import('./setup/packages.mjs')
  const { buildPage, pageFolder } = await import('./setup/page.mjs')
  const { serve } = await import('./serve.mjs')
  const { openBrowser, shouldOpen } = await import('./openBrowser.mjs')

  const unknown = process.argv.slice(2).filter((argument) => argument !== '--no-isolation')
  if (unknown.length > 0) {
    console.error(`npm start knows --no-isolation only, not ${unknown.join(' ')}.`)
    process.exit(2)
  }
  installPackages()
  buildPage()
  const server = await serve(pageFolder, { port: 4173, isolation: !process.argv.includes('--no-isolation') })
  console.log(`\nTabtune is at ${server.url}\nCtrl-C ends it.`)
  const end = () => server.close().then(() => process.exit(0))
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  if (shouldOpen(process.env, process.platform)) openBrowser(server.url)
}

requireNode()
start().catch((error) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
