// What the two commands decide before they do anything: Node, packages, whether there is a screen.

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { shouldOpen } from '../openBrowser.mjs'
import { mirrorOf } from './debian.mjs'
import { nodeFault } from './node.mjs'
import { packagesMissing } from './packages.mjs'

it.each(['20.19.0', '20.20.2', '22.12.0', '22.20.1', '24.0.0', '26.1.0'])('takes Node %s', (version) => {
  expect(nodeFault(version)).toBeNull()
})

it.each(['8.17.0', '18.20.4', '20.18.3', '21.7.0', '22.11.0', 'nonsense'])('refuses Node %s in one sentence', (version) => {
  expect(nodeFault(version)).toMatch(/^Tabtune needs Node\.js 20\.19 or newer .*, and this is \S+: install it .*\.$/)
})

it('installs what is missing or of another version, and leaves other systems’ packages alone', () => {
  const wanted = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0' },
    'node_modules/only-mac': { version: '1.0.0', optional: true },
  }
  expect(packagesMissing(wanted, null)).toBe(2)
  expect(packagesMissing(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(1)
  expect(packagesMissing(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.9.0' } })).toBe(1)
  expect(packagesMissing(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } })).toBe(0)
})

it('opens a browser only where there is somebody to see it', () => {
  expect(shouldOpen({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(shouldOpen({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(shouldOpen({}, 'linux')).toBe(false)
  expect(shouldOpen({}, 'darwin')).toBe(true)
  expect(shouldOpen({}, 'win32')).toBe(true)
  expect(shouldOpen({ DISPLAY: ':0', CI: 'true' }, 'linux')).toBe(false)
  expect(shouldOpen({ NO_OPEN: '1' }, 'darwin')).toBe(false)
})

it('finds the mirror in either form of apt’s lists', () => {
  const oneLine = 'deb-src http://one.test/debian bookworm main\ndeb [arch=amd64] http://one.test/debian bookworm main contrib\n'
  const blocks =
    'Types: deb\nURIs: http://two.test/debian-security\nSuites: bookworm-security\nComponents: main\n\nTypes: deb\nURIs: http://two.test/debian\nSuites: bookworm bookworm-updates\nComponents: main\n'
  expect(mirrorOf(oneLine, 'bookworm')).toBe('http://one.test/debian')
  expect(mirrorOf(blocks, 'bookworm')).toBe('http://two.test/debian')
  expect(mirrorOf(blocks, 'trixie')).toBeNull()
})

it('has a lock file from which npm can install on every system, and that names no registry', () => {
  type Locked = { version?: string; integrity?: string; resolved?: string; optional?: boolean; optionalDependencies?: object }
  const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const faulty: string[] = []
  for (const [path, { version, integrity, resolved, optional, optionalDependencies }] of Object.entries(lock.packages)) {
    if (path !== '' && !(version && (integrity || optional) && resolved === undefined)) faulty.push(path)
    // A registry may lack the packages of other systems; npm then leaves them out, and `npm ci` refuses the lock file everywhere.
    for (const name of Object.keys(optionalDependencies ?? {})) if (!lock.packages[`node_modules/${name}`]) faulty.push(name)
  }
  expect(faulty).toEqual([])
})
