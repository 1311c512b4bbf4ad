// Finds the Chromium that the page is tested in: the one that TABTUNE_CHROMIUM names, or one of those usually installed.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome']
const macPrograms = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** @param {string} path */
function canRun(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** @param {NodeJS.ProcessEnv} environment @returns {readonly string[]} */
function candidates(environment) {
  if (environment.TABTUNE_CHROMIUM) return [environment.TABTUNE_CHROMIUM]
  if (process.platform === 'darwin') return macPrograms
  if (process.platform === 'win32') {
    const folders = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
    return folders.flatMap((folder) => (folder ? windowsPrograms.map((program) => join(folder, program)) : []))
  }
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** The path of a Chromium, Chrome or Edge; null if there is none. */
export function findBrowser(environment = process.env) {
  return candidates(environment).find(canRun) ?? null
}

/** What to tell somebody who has no such browser. */
export const browserMissing =
  'No Chromium was found to test the page in. Install Chromium, Chrome or Edge (Debian: apt-get install chromium), or name one in TABTUNE_CHROMIUM.'

/** For every start of the browser in tests: quiet, and asking nobody on the network for anything. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** A software WebGPU adapter, which the page must refuse in favour of wasm. */
export const softwareGpuArguments = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--ignore-gpu-blocklist',
]
