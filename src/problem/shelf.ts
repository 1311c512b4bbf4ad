// What can go wrong with the shelf in the browser's own storage, each with its values and its English sentences.

import { sayBytes } from './bytes.ts'

export const shelfProblems = {
  'shelf.missing': (v: { reason: string }) => ({
    what: `This browser lets the page keep nothing${v.reason === '' ? '' : ` (${v.reason})`}, so there is no shelf.`,
    remedy: 'Everything else works: save what you want to keep as a .zip. A window that is not private usually has a shelf.',
  }),
  'shelf.full': (v: { needed: number; free: number }) => ({
    what: `This takes ${sayBytes(v.needed)} and ${sayBytes(v.free)} are free: ${sayBytes(Math.max(0, v.needed - v.free))} are missing. Nothing was kept.`,
    remedy: 'Delete something from the shelf, make room on the disk, or save it as a .zip.',
  }),
  'shelf.gone': (_: { id: string }) => ({
    what: 'This is not on the shelf any more.',
    remedy: 'It was deleted, perhaps in another tab, or the browser has cleared its storage.',
  }),
  'shelf.in-use': (_: { id: string }) => ({
    what: 'Another tab is working on this entry of the shelf.',
    remedy: 'Wait for it, or close the other tab.',
  }),
  'shelf.unreadable': (v: { message: string }) => ({
    what: `This entry of the shelf cannot be read: ${v.message}.`,
    remedy: 'It may be of another version of Tabtune. Delete it, or leave it for that version.',
  }),
  'shelf.name': (_: { name: string }) => ({
    what: 'A name has between 1 and 100 characters.',
    remedy: 'Give it another name.',
  }),
  'shelf.folder-closed': (_: { folder: string }) => ({
    what: 'The browser may not read this folder.',
    remedy: 'Choose it again, and allow the page to view it.',
  }),
}
