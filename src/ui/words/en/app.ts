// The words of the page's frame: rail, strip, notices, preferences.

import type { BackendName, BackendReport } from '../../../protocol/backend.ts'
import type { VerdictKind } from '../../../protocol/generate.ts'
import type { Work } from '../../../protocol/progress.ts'
import type { Step } from '../../../session/address.ts'

const steps: Record<Step, string> = { data: 'Data', model: 'Model', train: 'Train', play: 'Play', keep: 'Keep', runs: 'Runs' }

const work: Record<Work, string> = {
  starting: 'Starting the engine',
  reading: 'Reading the file',
  pulling: 'Fetching a model',
  loadingModel: 'Loading the model',
  tokenising: 'Tokenising the records',
  training: 'Training',
  writing: 'Writing',
  evaluating: 'Asking every record',
  saving: 'Saving',
}

const tensorFlow: Record<BackendName, string> = {
  webgpu: 'TensorFlow.js WebGPU',
  wasm: 'TensorFlow.js wasm',
  cpu: 'TensorFlow.js plain JavaScript',
}

function backendName({ backend, engine, threads }: BackendReport): string {
  if (engine === 'eager') return tensorFlow[backend]
  return backend === 'webgpu' ? 'GPU · WebGPU' : `CPU · ${threads === 1 ? '1 thread' : `${threads} threads`}`
}

const verdicts: Record<VerdictKind, string> = {
  worked: 'the mask worked',
  recites: 'it recites the input',
  'not-learned': 'not learned yet',
}

function backendReason({ backend, engine, reason, adapter, threads, threadsRefused, isolated }: BackendReport): string {
  const parts: string[] = []
  if (reason === 'asked-for') parts.push('You asked for it.')
  if (reason === 'gpu-found') parts.push(`A real GPU was found${adapter === '' ? '' : `: ${adapter}`}.`)
  if (reason === 'gpu-is-software')
    parts.push(`The GPU here is a software one${adapter === '' ? '' : ` (${adapter})`}, which is slower than wasm.`)
  if (reason === 'no-webgpu') parts.push('This browser has no WebGPU.')
  if (reason === 'no-adapter') parts.push('WebGPU is there, but it offers no GPU.')
  if (reason === 'gpu-failed') parts.push('The GPU failed when it was tried.')
  if (reason === 'no-wasm-simd') parts.push('This browser has no SIMD in WebAssembly; training will be slow.')
  // The engine "plan" has them in its name.
  if (backend === 'wasm' && engine === 'eager') parts.push(threads > 1 ? `${threads} threads.` : 'One thread.')
  if (threadsRefused !== '') parts.push(`More could not be started (${threadsRefused}).`)
  if (backend === 'wasm' && !isolated) parts.push('More threads need a server that isolates the page, as `npm start` does.')
  return parts.join(' ')
}

export const app = {
  title: 'Tabtune',
  motto: 'Fine-tune a language model in this tab. Nothing leaves your machine.',
  skip: 'Skip to the step',
  rail: 'Steps',
  steps,
  noData: 'no records yet',
  readingData: 'reading…',
  records: (records: string, one: boolean) => `${records} ${one ? 'record' : 'records'}`,
  withProblems: (problems: string, one: boolean) => `, ${problems} ${one ? 'problem' : 'problems'}`,
  noModel: 'no model yet',
  loadingModel: (share: string) => (share === '' ? 'loading…' : `loading, ${share}`),
  modelReady: (name: string, parameters: string) => `${name} ${parameters}, ready`,
  modelWithAdapter: (name: string, parameters: string) => `${name} ${parameters} + adapter, ready`,
  notYet: 'not trained yet',
  needsData: 'needs records',
  needsModel: 'needs a model',
  readyToTrain: 'ready to train',
  waitingReport: 'a report to read',
  notRead: 'not read',
  modelFailed: 'could not be opened',
  preparing: 'preparing…',
  judging: 'asking every record…',
  trainingAt: (step: string, total: string, loss: string) => `step ${step} of ${total}, loss ${loss}`,
  pausedAt: (step: string, total: string, loss: string) => `paused at ${step} of ${total}, loss ${loss}`,
  trained: (steps: string, loss: string) => `${steps} steps, loss ${loss}`,
  runFailed: 'stopped by a problem',
  verdicts,
  baseOnly: 'the base model can write',
  kept: 'saved',
  notKept: 'ready to be saved',
  runsKept: (runs: string, one: boolean) => `${runs} ${one ? 'run' : 'runs'}`,
  noRuns: 'none yet',
  noShelf: 'nothing can be kept here',
  idle: 'Nothing is running',
  work,
  progress: (done: string, total: string, unit: string) => (total === '' ? `${done} ${unit}` : `${done} of ${total} ${unit}`),
  units: { bytes: '', records: 'records', steps: 'steps', tokens: 'tokens', tensors: 'tensors' },
  stop: (what: string) => `Stop: ${what}`,
  stopShort: 'Stop',
  backendName,
  backendReason,
  noBackend: 'Engine not started',
  choosingBackend: 'Looking for a GPU',
  backendBusy: 'Training is under way; the engine can be changed afterwards.',
  chooseBackend: 'Where the work runs',
  backendChoices: {
    auto: 'Automatic',
    webgpu: 'GPU (WebGPU)',
    wasm: 'CPU (WebAssembly)',
    cpu: 'CPU (plain JavaScript, slow)',
  },
  memoryHeld: (bytes: string) => `${bytes} held`,
  memoryWeights: (bytes: string) => `${bytes} of weights`,
  memoryMeaning:
    'After a run: the memory that the engine held, with gradients and the optimiser’s state. Before one: the weights as they are stored; those of a large model stay on disk.',
  language: 'Language',
  languages: { en: 'English', zh: '简体中文' },
  languagesShort: { en: 'EN', zh: '中' },
  theme: 'Theme',
  themes: { auto: 'Like the system', light: 'Light', dark: 'Dark' },
  themeIs: { auto: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
  dismiss: 'Put away',
  notices: 'Notices',
  showAll: 'Show all of it',
  showLess: 'Show less',
  tryAgain: 'Try again',
  dropHere: 'Drop it anywhere',
  dropMeaning: 'A file of records (JSON, JSON Lines, CSV), or the folder of a model or an adapter.',
  loadingStep: 'Opening the step…',
}
