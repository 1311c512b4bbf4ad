// What a hand does with files: drops them on the page as the desktop would, chooses them, keeps what the page saves.

import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

/** Writes a file to be dropped or chosen and returns its path. */
export async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'tabtune-page-')), name)
  await writeFile(path, content)
  return path
}

/** Drops files or folders from the disk into the middle of the page, through the browser's own drag and drop. */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const size = page.viewportSize() ?? { width: 800, height: 600 }
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const at = { x: size.width / 2, y: size.height / 2, data }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, ...at })
  await session.detach()
}

/** Drops something that is no file: pieces of data by their type. */
export async function dropData(page: Page, pieces: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((data) => {
    const dataTransfer = new DataTransfer()
    for (const [type, text] of Object.entries(data)) dataTransfer.setData(type, text)
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  }, pieces)
}

/** Pastes text where no field has the focus. */
export async function pasteText(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Presses something that asks for files, and chooses these. */
export async function chooseFiles(button: Locator, paths: readonly string[]): Promise<void> {
  const [chooser] = await Promise.all([button.page().waitForEvent('filechooser'), button.click()])
  await chooser.setFiles([...paths])
}

/** Presses something that saves a file; returns the name it was given, its bytes and where they lie. */
export async function download(button: Locator): Promise<{ name: string; path: string; bytes: Uint8Array }> {
  const [file] = await Promise.all([button.page().waitForEvent('download'), button.click()])
  const path = join(await mkdtemp(join(tmpdir(), 'tabtune-page-')), file.suggestedFilename())
  await file.saveAs(path)
  return { name: file.suggestedFilename(), path, bytes: await readFile(path) }
}
