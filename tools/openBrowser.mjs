// Opens an address in the person's own browser, where there is a person and a screen.

import { spawn } from 'node:child_process'

/**
 * Whether a browser should be opened at all: not in CI, not where NO_OPEN says so, not on Linux without a screen.
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
export function shouldOpen(environment, platform) {
  if (environment.CI || environment.NO_OPEN) return false
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)
}

/** Opens the address; that there is no browser to open it is no error. @param {string} url */
export function openBrowser(url) {
  const [command, ...before] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[String(process.platform)] ?? ['xdg-open']
  if (command === undefined) return
  const child = spawn(command, [...before, url], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
