// The words of the step Play: prompts, panes, marks, the verdict and the table of the whole data set.

import type { Slot } from '../../../protocol/model.ts'
import type { PaneRow } from '../../../session/play.ts'

const slots: Record<Slot, string> = { base: 'before', tuned: 'after', twin: 'without the mask' }
const slotsAbout: Record<Slot, string> = {
  base: 'The base model, as it was opened',
  tuned: 'Trained with the mask: answers only',
  twin: 'Trained on every token, questions too',
}
const rows: Record<PaneRow, string> = { instruct: 'instruct', both: 'instruct + input' }

export const playground = {
  title: 'Play',
  intro: 'One prompt, every model: what does it write from instruct alone, and what from instruct + input?',
  slots,
  slotsAbout,
  rows,
  subject: {
    title: 'The prompt',
    kind: 'What to write from',
    record: 'A record',
    own: 'My own words',
    number: 'Record',
    of: (total: string) => `of ${total}`,
    previous: 'Previous record',
    next: 'Next record',
    random: 'Random',
    instruct: 'instruct',
    input: 'input',
    label: 'label',
    none: '(empty)',
    instructPlaceholder: 'Write a poem about…',
    inputPlaceholder: 'may be empty',
    form: {
      label: 'How the models are asked',
      plain: 'Plain prompt',
      chat: 'Chat',
      system: 'System line',
      systemPlaceholder: 'empty: what the template does by itself',
    },
    noRecords: 'No records are open. Write your own words, or choose a file in Data.',
  },
  write: 'Write',
  writeAll: (panes: string) => `Write into ${panes} ${panes === '1' ? 'pane' : 'panes'}`,
  stop: 'Stop writing',
  share: 'Copy as text',
  shared: 'Copied',
  reasons: {
    model: 'No model is open yet.',
    training: 'The model is being trained; it can write again when the run is over or stopped.',
    scoring: 'Every record is being asked; writing can go on in a moment.',
    saving: 'A model is being saved.',
    prompt: 'Write a prompt first.',
  },
  toTrain: 'Nothing is trained yet: these panes show the base model alone.',
  train: 'Train it',
  panes: {
    title: 'What they write',
    empty: 'nothing written yet',
    nothing: '(an empty answer)',
    tokens: (tokens: string, one: boolean) => `${tokens} ${one ? 'token' : 'tokens'}`,
    ended: 'ended by itself',
    cut: 'cut at the length limit',
    scored: 'from scoring all records',
    writing: 'writing…',
    speed: (tokens: string) => `${tokens} tokens a second, all panes together`,
  },
  marks: {
    label: 'equals the label',
    input: 'recites the input',
    labelShare: (share: string) => `${share} of the label`,
    inputShare: (share: string) => `${share} of the input recited`,
    neither: 'nothing of the label, nothing of the input',
  },
  verdict: {
    title: 'The verdict',
    worked: (exact: string, total: string) =>
      `The mask worked: from instruct + input, ${exact} of ${total} records are answered with their exact label, and from instruct alone no output recites its input.`,
    recites: (recited: string, total: string) =>
      `It recites the input: from instruct alone, ${recited} of ${total} outputs repeat an input that they were never given.`,
    notLearned: (exact: string, total: string) =>
      `Not learned yet: from instruct + input, ${exact} of ${total} records are answered with their exact label.`,
    tryMore: 'More epochs or a higher rate may help.',
    tryLess: 'The loss rose: try a tenth of the learning rate.',
    twin: (recited: string, total: string) =>
      `The twin recites, as it must: its mask was off. From instruct alone, ${recited} of ${total} outputs repeat the input.`,
    twinNot: (recited: string, total: string) =>
      `The twin recites less than it might: ${recited} of ${total} inputs. With more epochs it would learn them.`,
    heldOut: (exact: string, total: string) =>
      `Of the held-out records, which it never learned, ${exact} of ${total} are answered exactly.`,
    before: (exact: string, total: string) => `Before training: ${exact} of ${total}.`,
    thisRecord: (evidence: readonly string[]) => `This record: ${evidence.join('; ')}.`,
    gaveExact: 'instruct + input gives the label exactly',
    gaveShare: (share: string) => `instruct + input gives ${share} of the label`,
    recitedShare: (share: string) => `instruct alone recites ${share} of the input`,
    recitedNone: 'instruct alone recites nothing of the input',
    none: 'No verdict yet: the tuned model has not been asked every record.',
    ask: 'Ask every record',
    asking: (done: string, total: string) => `Asking: ${done} of ${total}`,
    stop: 'Stop asking',
  },
  table: {
    title: 'The whole data set',
    label: 'Every record, and how each model answers it',
    about: 'How close the answer to instruct + input is to the label; and whether instruct alone recited the input.',
    row: 'Record',
    prompt: 'instruct',
    exact: 'exact',
    recites: 'recited',
    heldOut: 'held out',
    order: 'Order',
    orders: { file: 'As in the file', best: 'Best first', worst: 'Worst first' },
    random: 'Open a random one',
    open: (row: string) => `Open record ${row}`,
    empty: 'After training every record is asked from both prompts, and the answers are listed here.',
    askBase: 'Ask the base model too',
  },
  sampling: {
    title: 'Sampling',
    now: (way: string, length: string) => `${way}, at most ${length} ${length === '1' ? 'token' : 'tokens'}`,
    likeliest: 'always the likeliest token',
    drawn: (temperature: string) => `drawn at temperature ${temperature}`,
    greedy: 'Greedy: always the likeliest token.',
    temperature: { name: 'temperature', about: '0 always takes the likeliest token; higher is freer.' },
    top_p: { name: 'top_p', about: 'Only the likeliest tokens that make up this share together. 1: all.' },
    top_k: { name: 'top_k', about: 'Only this many of the likeliest tokens. 0: all.' },
    min_p: { name: 'min_p', about: 'Only tokens with at least this share of the likeliest one’s chance. 0: all.' },
    repetition_penalty: {
      name: 'repetition_penalty',
      about: 'Makes tokens that stand in the prompt or the answer already less likely. 1: off.',
    },
    seed: { name: 'seed', about: 'The same seed writes the same text.' },
    max_new_tokens: { name: 'max_new_tokens', about: 'Where an answer is cut if it does not end by itself.' },
    wrong: (from: string, to: string) => `a number from ${from} to ${to}`,
  },
  text: {
    heading: 'Tabtune: what the model writes',
    model: 'Model',
    record: (row: string) => `Record ${row}`,
  },
}
