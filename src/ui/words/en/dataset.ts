// The words of the step Data but for the open record: bringing records in, the report on a file, the list.

import type { ColumnRole, DatasetFormat, DatasetReading, RecordKind, RowProblem } from '../../../protocol/dataset.ts'
import type { RecordFilter } from '../../../session/records.ts'

const roles: Record<ColumnRole, string> = {
  instruct: 'instruct',
  input: 'input',
  label: 'label',
  messages: 'messages',
  input_ids: 'input_ids',
  labels: 'labels',
  unused: 'unused',
}

const roleMeanings: Record<ColumnRole, string> = {
  instruct: 'instruct: the task, context',
  input: 'input: its material, context',
  label: 'label: the answer, learned',
  messages: 'messages: a conversation',
  input_ids: 'input_ids: token ids',
  labels: 'labels: token labels',
  unused: 'unused: not read',
}

const formats: Record<DatasetFormat, string> = { json: 'JSON', jsonl: 'JSON Lines', csv: 'CSV' }
const encodings: Record<DatasetReading['encoding'], string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
}
const kinds: Record<RecordKind, string> = { instruct: 'instruct, input, label', chat: 'conversations', tokens: 'tokens' }
const severities: Record<RowProblem['severity'], string> = { error: 'Error', warning: 'Warning', note: 'Note' }

const filters: Record<RecordFilter, string> = {
  all: 'All',
  problems: 'Problems',
  truncated: 'Cut',
  straddling: 'Straddling',
  nothingLearned: 'Nothing learned',
  duplicates: 'Duplicates',
  leftOut: 'Left out',
  heldOut: 'Held out',
}

export const dataset = {
  title: 'Data',
  intro: 'Records of a question and its answer. You see which tokens the model will be taught, and which are only context.',
  welcome: 'Bring your records',
  howTo: 'Drop a file anywhere on this page, paste with Ctrl V, or begin with the demo: short poems about figures of legend.',
  shape: 'JSON, JSON Lines or CSV. Each record has an instruction, an input that may be empty, and a label:',
  tryDemo: 'Try the demo',
  samples: { en: 'Poems in English', zh: 'Poems in Chinese' },
  chooseFile: 'Choose a file',
  paste: 'Paste text',
  pasteTitle: 'Paste records as text',
  pasteRead: 'Read this text',
  cancel: 'Cancel',
  otherFile: 'Other records',
  reading: (name: string) => `Reading ${name}`,
  stopReading: 'Stop reading',
  refused: (name: string) => (name === '' ? 'What came could not be read' : `${name} could not be read`),
  stillInUse: (name: string) => `${name} stays in use as it was.`,
  putAway: 'Put away',
  report: {
    title: (name: string) => `What ${name} holds`,
    records: 'Records',
    good: 'Usable',
    format: 'Format',
    encoding: 'Encoding',
    size: 'Size',
    kind: 'Taken as',
    columns: 'Fields and what they are taken for',
    columnsHint: 'Each head is a menu. A change reads the file again.',
    roleOf: (field: string) => `Take ${field} for`,
    filled: (filled: string, all: string) => `filled in ${filled} of ${all}`,
    example: 'First value',
    problems: (count: string) => `Problems (${count})`,
    noProblems: 'No problems: every record can be used.',
    more: (count: string) => `and ${count} more of the same kinds.`,
    showMore: (count: string) => `Show more (${count} left)`,
    row: 'Record',
    line: 'Line',
    kindOfProblem: 'Kind',
    what: 'What is wrong and what to do',
    load: (count: string, one: boolean) => `Load the ${count} good ${one ? 'record' : 'records'}`,
    noneGood: 'No record can be used as the fields are taken now.',
    keepOld: (name: string) => `Keep ${name}`,
    dropIt: 'Leave this file',
    seen: 'Rows with an error are left out. The file itself is not changed.',
    show: 'Reading report',
    hide: 'Hide the report',
  },
  formats,
  encodings,
  kinds,
  roles,
  roleMeanings,
  severities,
  inUse: (format: string, kind: string) => `${format}, read as ${kind}`,
  goBack: (name: string) => `Back to ${name}`,
  save: 'Save the edited records',
  edits: (count: string, one: boolean) => `${count} ${one ? 'change' : 'changes'}`,
  figures: {
    title: 'What will be learned',
    records: 'Records',
    recordsMeaning: 'Records in use; left out ones are not counted.',
    tokens: 'Tokens',
    tokensMeaning: 'All tokens of all records, end tokens included, as this model’s tokenizer cuts them.',
    learned: 'Learned',
    learnedMeaning: 'Tokens that carry loss: the answers and their end tokens. Everything else is context, its labels are −100.',
    ofAll: (share: string) => `${share} of all`,
    longest: 'Longest',
    longestMeaning: 'Tokens of the longest record. The model itself takes a limited number.',
    limit: (limit: string) => `of at most ${limit}`,
    cut: 'Cut',
    cutMeaning: 'Records longer than the length limit: truncated or dropped, as you chose.',
    duplicates: 'Duplicates',
    duplicatesMeaning: 'Records that repeat an earlier one word for word. They weigh twice.',
    histogram: 'Records by length in tokens',
    bin: (records: string, from: string, upTo: string, overlong: string) =>
      `${records} records of ${from} to ${upTo} tokens${overlong === '' ? '' : `, ${overlong} of them too long`}`,
    unit: 'tokens',
    endLearned: (token: string) => `Every answer learns to end: ${token} is learned in all records.`,
    endNotLearned: (token: string) => `Some answers do not learn to end: ${token} was cut off there.`,
    tokenising: 'The records are being cut into tokens.',
    waitingForModel: 'The figures follow as soon as the model is loaded: its tokenizer cuts the text.',
    noModel: 'No model is open, so nothing can be cut into tokens yet.',
    openModel: 'Open a model',
  },
  mask: {
    title: 'Mask and length',
    now: (mode: string, limit: string, overlong: string) =>
      `${mode.toLowerCase()}, ${limit === '' ? 'as long as the model takes' : `at most ${limit} tokens`}, longer ones ${overlong}`,
    none: 'No mask',
    mode: 'Mask',
    modes: { prefix: 'By prefix length', parts: 'Parts apart' },
    modeHint: {
      prefix:
        'As many tokens are masked as instruct + input have alone. A token across the border is then half context, half answer.',
      parts: 'Context and answer are tokenised apart, so no token straddles the border.',
    },
    inChat: 'Chat template',
    inChatHint:
      'Records are conversations in the model’s template: the answer and the end of its turn are learned, all else is context.',
    off: 'The mask is off (objective: pretrain): every token is learned.',
    turnOn: 'Turn the mask on',
    length: 'Length limit',
    lengthHint: (limit: string) =>
      limit === '' ? 'In tokens. Empty: what the model takes.' : `Empty: what the model takes, ${limit} tokens.`,
    lengthError: 'A whole number from 2.',
    overlong: 'A longer record is',
    overlongs: { truncate: 'cut', drop: 'dropped' },
  },
  limit: {
    none: (limit: string) => `No record is longer than ${limit} tokens.`,
    cost: (records: string, one: boolean, cut: string, dropped: string) =>
      `${records} ${one ? 'record is' : 'records are'} longer. Cut, ${one ? 'it loses' : 'they lose'} ${cut} learned tokens; dropped, ${dropped}.`,
  },
  list: {
    title: 'Records',
    filter: 'Which records',
    filters,
    search: 'Search the records',
    none: 'No record matches.',
    showAll: 'Show all records',
    shown: (shown: string, all: string) => (shown === all ? all : `${shown} of ${all}`),
    row: (row: string, excerpt: string, tokens: string, learned: string) =>
      `Record ${row}: ${excerpt}. ${tokens} tokens, ${learned} learned.`,
    tokens: (tokens: string, learned: string) => `${tokens} tokens, ${learned} learned`,
    empty: '(empty)',
    flags: {
      truncated: 'cut',
      dropped: 'too long, dropped',
      straddles: 'straddles',
      nothing: 'nothing learned',
      duplicate: (row: string) => `same as ${row}`,
      warnings: (count: string) => (count === '1' ? '1 warning' : `${count} warnings`),
      edited: 'edited',
      leftOut: 'left out',
      heldOut: 'held out',
    },
  },
}
