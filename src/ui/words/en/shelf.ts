// The words of the shelf, in Model, Data and Keep alike.

import type { ShelfAbout } from '../../../protocol/shelf.ts'

type Kind = ShelfAbout['kind']

const kinds: Record<Kind, string> = { model: 'model', adapter: 'adapter', dataset: 'data set', run: 'run' }

export const shelf = {
  title: 'Shelf',
  about: 'Kept in this browser’s own storage, on this machine.',
  empty: {
    models:
      'Nothing is kept yet. What you train can be put here in the step Keep; it then opens with one press, also after a reload.',
    datasets: 'No data set is kept yet. “Put on the shelf” keeps the records that are open, with your edits.',
  },
  missing: 'This browser keeps nothing for the page (is this a private window?), so there is no shelf. Everything else works.',
  failed: 'The shelf could not be read.',
  again: 'Read it again',
  list: 'What is on the shelf',
  kinds,
  parameters: (count: string) => `${count} parameters`,
  records: (count: string, one: boolean) => `${count} ${one ? 'record' : 'records'}`,
  rank: (r: string) => `r ${r}`,
  beside: (base: string) => `beside ${base}`,
  license: (license: string) => `licence: ${license}`,
  used: (when: string) => `last used ${when}`,
  isOpen: 'open',
  open: 'Open',
  openOf: (name: string) => `Open ${name}`,
  rename: 'Rename',
  renameOf: (name: string) => `Rename ${name}`,
  newName: (name: string) => `New name for ${name}`,
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Delete',
  removeOf: (name: string) => `Delete ${name}`,
  takenOff: (name: string) => `${name} was deleted.`,
  undo: 'Undo',
  dismiss: 'Put away',
  room: (used: string, free: string) => `${used} used, about ${free} left`,
  roomMeaning:
    'What the page keeps here, and what the browser says it may keep beside it. It is tried out before anything large is written.',
  persisted: 'The browser has promised to keep it.',
  notPersisted: 'If the disk gets short, the browser may clear it: save a .zip of what you cannot do without.',
  put: 'Put on the shelf',
  onShelf: 'It is on the shelf now.',
  tooLarge: (needed: string, free: string) => `Too large for the shelf: it takes ${needed}, and ${free} are left.`,
}
