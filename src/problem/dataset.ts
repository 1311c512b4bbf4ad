// What can be wrong with a file of records, each with its values and its English sentences.

/** What a JSON text lacks or has too much of, by name, so that it can be said in any language. */
export const syntaxFaults = {
  start: 'a list of records begins with [ (or with { on each line)',
  value: 'a value is expected here',
  name: 'a field name in double quotes is expected here',
  colon: 'a colon is expected here',
  comma: 'a comma is expected here',
  closing: 'a closing bracket is expected here',
  quote: 'this text has no closing quote on its line',
  escape: 'the backslash stands before a character that it cannot escape',
  control: 'a control character must be written as an escape, such as \\n or \\t',
  number: 'this number is not written as JSON writes numbers',
  word: 'this is no JSON value; text needs double quotes',
  comment: 'JSON has no comments',
  more: 'more follows after the end of the value',
  'cut-off': 'the text ends in the middle of a record',
  unclear: 'this record is not valid JSON',
} as const
export type SyntaxFault = keyof typeof syntaxFaults

export const csvFaults = {
  'open-quote': 'a quote that opens here is never closed',
  'stray-quote': 'a quote stands inside a quoted value; write it twice',
  'too-many-values': 'this row has more values than the head has columns',
} as const
export type CsvFault = keyof typeof csvFaults

export const chatFaults = {
  'no-list': 'it is not a list of messages',
  'no-message': 'a message is not an object with a role and text',
  role: 'a message has a role other than system, user and assistant',
  content: 'a message has no text',
  'no-answer': 'no message is from the assistant',
} as const
export type ChatFault = keyof typeof chatFaults

export const tokenFaults = {
  'no-lists': 'input_ids and labels are not both lists',
  lengths: 'input_ids and labels differ in length',
  ids: 'input_ids holds something other than whole numbers from 0',
  labels: 'labels holds something other than whole numbers from 0 and -100',
  empty: 'input_ids is empty',
} as const
export type TokenFault = keyof typeof tokenFaults

export const datasetProblems = {
  'dataset.empty': (_: { name: string }) => ({
    what: 'The file is empty.',
    remedy: 'Choose a file with at least one record.',
  }),
  'dataset.not-text': (_: { name: string }) => ({
    what: 'This is not a text file.',
    remedy: 'Save the records as JSON, JSON Lines or CSV in UTF-8 and drop that file.',
  }),
  'dataset.encoding': (v: { line: number }) => ({
    what: `Line ${v.line} holds bytes that are not UTF-8.`,
    remedy: 'Save the file as UTF-8 (it may be GBK or Windows-1252 now) and drop it again; nothing was loaded.',
  }),
  'dataset.too-large': (v: { bytes: number; limit: number }) => ({
    what: `The file has ${Math.round(v.bytes / 1e6)} MB; up to ${Math.round(v.limit / 1e6)} MB are read.`,
    remedy: 'Split the file and take a part of it.',
  }),
  'dataset.syntax': (v: { line: number; column: number; expected: SyntaxFault }) => ({
    what: `Line ${v.line}, column ${v.column}: ${syntaxFaults[v.expected]}.`,
    remedy: 'Mend this place in the file and drop it again; nothing was loaded.',
  }),
  'dataset.trailing-comma': (v: { line: number; column: number }) => ({
    what: `Line ${v.line}, column ${v.column}: JSON allows no comma before a closing bracket.`,
    remedy: 'Take the comma out and drop the file again; nothing was loaded.',
  }),
  'dataset.not-an-array': (v: { found: string }) => ({
    what: `The file holds one ${v.found}, not a list of records.`,
    remedy: 'Put square brackets around the records: [ {…}, {…} ].',
  }),
  'dataset.wrapped': (v: { field: string }) => ({
    what: `The file holds one object; the records were taken from its list "${v.field}".`,
    remedy: 'Nothing needs doing.',
  }),
  'dataset.no-records': (_: { name: string }) => ({
    what: 'The file has no records.',
    remedy: 'Choose a file with at least one record.',
  }),
  'dataset.unknown-columns': (v: { fields: string }) => ({
    what: `None of the fields (${v.fields}) is known as a question or an answer.`,
    remedy: 'Say which field is instruct, input and label in the heads of the columns.',
  }),
  'dataset.csv': (v: { line: number; message: CsvFault }) => ({
    what: `Line ${v.line}: ${csvFaults[v.message]}.`,
    remedy: 'Mend this line (quotes and commas) and drop the file again.',
  }),
  'dataset.several-files': (v: { count: number }) => ({
    what: `${v.count} files came at once; records are read from one.`,
    remedy: 'Drop one file. For a model, choose its folder in the step Model.',
  }),
  'dataset.no-file': (_: { found: string }) => ({
    what: 'What was dropped is not a file.',
    remedy: 'Drop a file, or paste the records as text.',
  }),
  'dataset.unreadable': (v: { message: string }) => ({
    what: `The file could not be read: ${v.message}.`,
    remedy: 'See that the file is still there and may be read, then choose it again.',
  }),
  'dataset.turn-end': (v: { learned: string; id: number; stops: string }) => ({
    what: `The chat template ends a turn with ${v.learned}, but the model stops at ${v.stops}: it would learn a turn's end and then go on writing.`,
    remedy: `Here, what is trained on these records stops at ${v.learned} as well. For other programs, add ${v.id} to eos_token_id in the generation_config.json that is saved with it.`,
  }),
  'dataset.answer-end': (v: { learned: string; id: number; stops: string }) => ({
    what: `Answers are learned with ${v.learned} at their end, but the model stops at ${v.stops}: it would end an answer and then go on writing.`,
    remedy: `Here, what is trained on these records stops at ${v.learned} as well. For other programs, add ${v.id} to eos_token_id in the generation_config.json that is saved with it.`,
  }),
  'dataset.no-turn-end': (v: { stops: string }) => ({
    what: `The chat template puts no special token behind an answer, so no answer learns to end: the model stops only at ${v.stops}.`,
    remedy: 'Its answers will run on to max_new_tokens. Take a model whose chat template ends a turn with a token of its own.',
  }),
  'row.not-an-object': (v: { found: string }) => ({
    what: `This record is ${v.found}, not an object with fields.`,
    remedy: 'Write it as {"instruct": …, "input": …, "label": …}.',
  }),
  'row.missing-field': (v: { field: string }) => ({
    what: `The field "${v.field}" is missing.`,
    remedy: 'Add it, or leave this record out.',
  }),
  'row.not-a-string': (v: { field: string; found: string }) => ({
    what: `The field "${v.field}" is ${v.found}, not text.`,
    remedy: 'Put quotes around the value, or leave this record out.',
  }),
  'row.extra-field': (v: { field: string }) => ({
    what: `The field "${v.field}" is not used.`,
    remedy: 'Nothing needs doing: the record is read without it.',
  }),
  'row.input-absent': (v: { field: string }) => ({
    what: `The field "${v.field}" is missing here, though other records have it.`,
    remedy: 'It is read as empty; nothing needs doing if that is right.',
  }),
  'row.empty-label': (v: { field: string }) => ({
    what: `The field "${v.field}" is empty: only the end token would be learned.`,
    remedy: 'Write what the model should answer, or leave this record out.',
  }),
  'row.empty-prompt': (_: { field: string }) => ({
    what: 'The question is empty: there is nothing to answer.',
    remedy: 'Fill in instruct or input, or leave this record out.',
  }),
  'row.lone-surrogate': (v: { field: string }) => ({
    what: `The field "${v.field}" holds half of a character (a lone surrogate).`,
    remedy: 'It is read as U+FFFD; mend the text if that matters.',
  }),
  'row.chat': (v: { reason: ChatFault }) => ({
    what: `The conversation cannot be used: ${chatFaults[v.reason]}.`,
    remedy: 'Give each message a role (system, user, assistant) and text, with at least one answer of the assistant.',
  }),
  'row.tokens': (v: { reason: TokenFault }) => ({
    what: `The token record cannot be used: ${tokenFaults[v.reason]}.`,
    remedy: 'Give input_ids and labels as two lists of whole numbers of one length.',
  }),
  'row.duplicate': (v: { of: number }) => ({
    what: `The same as record ${v.of}.`,
    remedy: 'Leave one of them out unless it should weigh twice.',
  }),
}
