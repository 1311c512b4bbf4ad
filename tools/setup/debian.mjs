// On Debian, as root: installs what the tests need and this system lacks, Chromium, fonts for Chinese, a Vulkan driver.
// The system's own apt configuration is read and left as it is; backports come through a source list of our own in .cache/.
// Nothing here is needed to use Tabtune, and each part that cannot be had is said and done without.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './browser.mjs'

const cache = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '.cache', 'apt')
const apt = '/etc/apt'

/** Mesa before 23 is refused by Dawn: its lavapipe lacks what WebGPU needs. */
const oldestMesa = 23

const patience = ['-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=30', '-o', 'DPkg::Lock::Timeout=180']

/** @param {string} command @param {readonly string[]} args */
function run(command, args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env: environment, timeout: 600_000 })
  return { ok: status === 0, output: stdout ?? '', errors: stderr ?? '' }
}

/** @param {string} name */
const isInstalled = (name) => /^Status: install ok installed/m.test(run('dpkg-query', ['-s', name]).output)

/** The version of a package as apt's policy prints it. @param {string} name @param {'Installed' | 'Candidate'} which */
function versionOf(name, which, options = [...patience]) {
  const line = new RegExp(`^\\s*${which}: (?:\\d+:)?(\\d+)`, 'm').exec(run('apt-cache', [...options, 'policy', name]).output)
  return Number(line?.[1] ?? 0)
}

/** @param {readonly string[]} names @param {readonly string[]} options */
function install(names, options) {
  console.log(`Set-up: apt-get install ${names.join(' ')} …`)
  const { ok, errors } = run('apt-get', [...patience, ...options, 'install', '-y', '--no-install-recommends', ...names])
  if (!ok)
    console.log(`Set-up: ${names.join(', ')} could not be installed: ${errors.trim().split('\n').at(-1) ?? 'no reason given'}`)
  return ok
}

/**
 * The mirror that apt takes this release from, out of its source lists in either of their two forms.
 * @param {string} lists all of them, one after the other
 * @param {string} codename such as bookworm
 */
export function mirrorOf(lists, codename) {
  const oneLine = new RegExp(`^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${codename}\\s+.*\\bmain\\b`, 'm').exec(lists)
  if (oneLine) return oneLine[1] ?? null
  for (const part of lists.split(/\n\s*\n/)) {
    const suites = /^Suites:(.*)$/m.exec(part)?.[1]?.trim().split(/\s+/) ?? []
    if (suites.includes(codename)) return /^URIs:\s*(\S+)/m.exec(part)?.[1] ?? null
  }
  return null
}

/** apt options that add this release's backports from the same mirror, for one call; null if that cannot be done. */
function backports() {
  const codename = /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  const folder = join(apt, 'sources.list.d')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(list|sources)$/.test(name)) : []
  const paths = [join(apt, 'sources.list'), ...files.map((name) => join(folder, name))].filter(existsSync)
  const mirror = codename ? mirrorOf(paths.map((path) => readFileSync(path, 'utf8')).join('\n\n'), codename) : null
  if (mirror === null) return null
  rmSync(cache, { recursive: true, force: true })
  mkdirSync(join(cache, 'lists', 'partial'), { recursive: true })
  mkdirSync(join(cache, 'parts'))
  for (const path of paths) cpSync(path, join(cache, 'parts', path.split('/').at(-1) ?? 'own.list'))
  writeFileSync(join(cache, 'parts', 'backports.list'), `deb ${mirror} ${codename}-backports main\n`)
  const settings = [
    `Dir::Etc::sourcelist=${cache}/none`,
    `Dir::Etc::sourceparts=${cache}/parts`,
    `Dir::State::lists=${cache}/lists`,
  ]
  return { options: settings.flatMap((setting) => ['-o', setting]), release: `${codename}-backports` }
}

/** A Vulkan driver in software that WebGPU takes: Mesa's lavapipe, from this release or from its backports. */
function installLavapipe() {
  if (versionOf('mesa-vulkan-drivers', 'Installed') >= oldestMesa) return
  if (versionOf('mesa-vulkan-drivers', 'Candidate') >= oldestMesa && install(['mesa-vulkan-drivers'], [])) return
  const more = backports()
  if (more !== null && run('apt-get', [...patience, ...more.options, 'update']).ok) {
    if (versionOf('mesa-vulkan-drivers', 'Candidate', ['-t', more.release, ...more.options]) >= oldestMesa) {
      if (install(['mesa-vulkan-drivers'], ['-t', more.release, ...more.options])) return
    }
  }
  console.log('Set-up: Mesa 23 or newer cannot be had here; WebGPU in Node runs on the SwiftShader of Chromium, if at all.')
}

/** Installs what is missing. On other systems, or without the right to, it does nothing: the tests say what they lack. */
export function prepareDebian() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return
  const missing = ['fonts-noto-cjk', 'libvulkan1'].filter((name) => !isInstalled(name))
  if (findBrowser() === null) missing.push('chromium')
  const lavapipeMissing = versionOf('mesa-vulkan-drivers', 'Installed') < oldestMesa
  if (missing.length === 0 && !lavapipeMissing) return
  if (!run('apt-get', [...patience, 'update']).ok)
    console.log('Set-up: apt-get update failed; going on with the lists that are there.')
  for (const name of missing) install([name], [])
  if (lavapipeMissing) installLavapipe()
}
