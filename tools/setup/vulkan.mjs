// Finds a Vulkan driver for WebGPU in Node (Dawn), software ones included, and names it to the loader.
// What the system has comes first (a real GPU, or Mesa's lavapipe); then the SwiftShader that Chromium ships beside itself.

import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findBrowser } from './browser.mjs'

/** Paths of driver manifests to try, best first. An empty string is what the loader finds by itself. */
export function vulkanDrivers() {
  if (process.env.VK_DRIVER_FILES || process.platform !== 'linux') return ['']
  const browser = findBrowser()
  const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', ...(browser ? [dirname(realpathSync(browser))] : [])]
  const manifests = folders.map((folder) => join(folder, 'vk_swiftshader_icd.json'))
  return ['', ...new Set(manifests.filter((manifest) => existsSync(manifest)))]
}

/** Points the Vulkan loader of this process, and of those it starts, to one driver. @param {string} manifest */
export function nameVulkanDriver(manifest) {
  if (process.platform !== 'linux') return
  if (!process.env.XDG_RUNTIME_DIR) {
    process.env.XDG_RUNTIME_DIR = join(tmpdir(), 'tabtune-runtime')
    mkdirSync(process.env.XDG_RUNTIME_DIR, { recursive: true, mode: 0o700 })
  }
  if (manifest === '') return
  process.env.VK_DRIVER_FILES = manifest
  process.env.VK_ICD_FILENAMES = manifest
}
