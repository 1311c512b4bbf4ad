// What can go wrong while the machine works, each with its values and its English sentences.

export const runProblems = {
  'run.unexpected': (v: { message: string }) => ({
    what: `Something failed that should not: ${v.message}.`,
    remedy: 'This is a fault of Tabtune, not of your data. Your file and settings are kept; try again.',
  }),
  'run.cancelled': (_: { what: string }) => ({
    what: 'Stopped, as you asked.',
    remedy: 'Nothing was changed.',
  }),
  'run.no-dataset': (_: { needed: string }) => ({
    what: 'There are no records yet.',
    remedy: 'Drop a file in the step Data, or try the demo.',
  }),
  'run.nothing-to-learn': (v: { records: string; count: number }) => ({
    what: `${v.count} records have nothing to learn (${v.records}).`,
    remedy: 'Raise the length limit, mend them, or say that they may be left out.',
  }),
  'run.settings': (v: { setting: string; reason: string }) => ({
    what: `${v.setting}: ${v.reason}.`,
    remedy: 'Change this setting and start again.',
  }),
  'run.batch': (v: { reason: string }) => ({
    what: `The batch cannot be used: ${v.reason}.`,
    remedy:
      'A batch is {"input_ids", "attention_mask", "labels"}: rows of one length, padding 0 in the mask, -100 where nothing is learned.',
  }),
  'run.not-yet': (v: { feature: string }) => ({
    what: `${v.feature} is not there yet.`,
    remedy: 'Use what this version offers; see the README for what is planned.',
  }),
  'run.not-finite': (v: { step: number; quantity: string; learningRate: number }) => ({
    what: `At step ${v.step} the ${v.quantity} was not a finite number, at a learning rate of ${v.learningRate}.`,
    remedy: `Training stopped; the last weights that gave a finite loss are kept. Try a tenth of the learning rate, or a few warm-up steps.`,
  }),
  'run.nothing-to-score': (_: { needed: string }) => ({
    what: 'None of the records has instruct, input and label, so there are no two prompts to compare.',
    remedy: 'Nothing needs doing: conversations and token records are trained on, but not scored.',
  }),
  'run.device-failed': (v: { message: string }) => ({
    what: `The GPU reported an error, so its numbers cannot be trusted: ${v.message}.`,
    remedy:
      'The run ended; records, settings and the loss history are kept. Choose the CPU (wasm) at the foot of the page, or --backend wasm, and train again.',
  }),
  'run.busy': (v: { running: string }) => ({
    what: `The machine is still busy: ${v.running}.`,
    remedy: 'Wait for it, or stop it first.',
  }),
  'run.not-running': (_: { needed: string }) => ({
    what: 'No training is running.',
    remedy: 'Press Train first.',
  }),
  'run.not-trained': (_: { slot: string }) => ({
    what: 'There is no tuned model yet.',
    remedy: 'Train first; then this can be done.',
  }),
  'run.no-adapter': (_: { slot: string }) => ({
    what: 'This model has no adapter: all of its weights were trained.',
    remedy: 'Save the whole model, or train with LoRA.',
  }),
  'run.memory': (v: { message: string }) => ({
    what: `This run does not fit into WebAssembly's memory, 4 GB: ${v.message}.`,
    remedy: 'Take a smaller batch or a shorter length limit, LoRA in the place of all weights, or a smaller model.',
  }),
  'run.too-large': (v: { needed: number; allowed: number; lora: boolean; batch: number; length: number }) => ({
    what: `A step of this run takes ${gigabytes(v.needed)} GB, and there can be ${gigabytes(v.allowed)} GB.`,
    remedy:
      v.batch === 0
        ? 'No batch and no length would make it fit: take a smaller model.'
        : `It fits with ${[v.lora ? 'LoRA' : 'all weights trained', 'gradient_checkpointing', `batches of ${v.batch}`, ...(v.length > 0 ? [`max_length ${v.length}`] : [])].join(', ')}.`,
  }),
  'run.worker-lost': (v: { message: string }) => ({
    what: `The part that does the work has stopped${v.message === '' ? '' : `: ${v.message}`}.`,
    remedy: 'It was started again with your records and settings. A shorter length limit or a smaller batch needs less memory.',
  }),
  'run.step-not-fetched': (v: { failures: number }) => ({
    what: 'This step could not be fetched: the server does not answer, or no longer has it.',
    remedy: `Nothing is lost: what the other steps hold is still there. See that the server is running and the network is there, then try again.${v.failures < 2 ? '' : ' If that is of no use, save what you want to keep and reload the page.'}`,
  }),
  'run.backend': (v: { backend: string; reason: string }) => ({
    what: `The backend ${v.backend} cannot be used: ${v.reason}.`,
    remedy: 'Choose another one, or leave the choice to Tabtune.',
  }),
  'run.prompt-too-long': (v: { tokens: number; limit: number }) => ({
    what: `The prompt has ${v.tokens} tokens; the model takes ${v.limit} with the answer.`,
    remedy: 'Shorten it.',
  }),
  'run.cannot-write': (v: { message: string }) => ({
    what: `Writing failed: ${v.message}.`,
    remedy: 'See that there is room and that the folder may be written to, then try again. The tuned model is still held.',
  }),
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2)
