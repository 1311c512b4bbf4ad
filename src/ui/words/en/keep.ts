// The words of the step Keep: what can be saved, what each is for, and how to open it again.

import type { TrainSlot } from '../../../session/runState.ts'

const slots: Record<TrainSlot, { title: string; about: string; name: string }> = {
  tuned: {
    title: 'The tuned model',
    about: 'Trained with the mask: it answers.',
    name: 'tuned',
  },
  twin: {
    title: 'The twin without the mask',
    about: 'Trained on every token, for comparison: it recites.',
    name: 'twin',
  },
}

export const keep = {
  title: 'Keep',
  intro: 'What was trained lives in this tab only. Save it or put it on the shelf, and it is yours: nothing is sent anywhere.',
  empty: {
    title: 'Nothing to keep yet',
    text: 'Once a model is trained, it can be saved here, with its history and its settings.',
    train: 'To Train',
  },
  slots,
  model: {
    name: 'Name',
    badName: 'Letters, digits, - and _ (up to 60), please.',
    loads: 'It loads as it is with',
    loadsWithPeft: 'It loads beside its base model with',
    size: (bytes: string) => `about ${bytes}`,
    zip: 'Save as one .zip',
    folder: 'Write into a folder',
    gone: 'This model is no longer held: the worker was lost, or another base was opened. Train again to have it back.',
    unsaved: 'not saved yet',
    saved: 'saved',
    again:
      'To open it again: drop the .zip (or choose the folder) in the step Model; what is on the shelf opens there with one press.',
    againAdapter:
      'To open it again: drop the .zip (or choose the folder) in the step Model, or press Open on the shelf; it stands beside the model then.',
  },
  form: {
    choose: 'What to save',
    adapter: 'Adapter (PEFT)',
    model: 'Whole model, merged',
    adapterAbout:
      'Only what was trained: adapter_config.json and adapter_model.safetensors. Small; it needs the base model beside it.',
    modelAbout: 'The adapter is added into the weights. Larger; it needs nothing beside it, not even PEFT.',
    wholeAbout: 'A folder in the Hugging Face layout: config.json, model.safetensors, the tokenizer.',
    dtype: 'Stored as',
    checkpoint: (dtype: string) => `${dtype}, as the checkpoint`,
    dtypeAbout: {
      F32: 'Exactly the numbers that were trained.',
      F16: 'Half the size; rounded to 11 bits, and numbers beyond 65,504 do not fit.',
      BF16: 'Half the size; rounded to 8 bits, as most large models are published.',
    },
  },
  saving: {
    zip: 'Writing the .zip',
    folder: 'Writing the folder',
    shelf: 'Putting it on the shelf',
    history: 'Writing the history',
  },
  cancel: 'Cancel',
  done: (name: string, bytes: string) => `Saved: ${name}, ${bytes}.`,
  history: {
    title: 'The history of the run',
    about: 'Loss, rate and gradient norm of every step.',
    json: 'trainer_state.json',
    jsonAbout: 'As Trainer writes it, for notebooks and plots that know its log_history.',
    csv: 'Loss as CSV',
    csvAbout: 'For a spreadsheet.',
    run: 'Which run',
  },
  settings: {
    title: 'The settings',
    about: 'With Hugging Face’s names, for the command line and to be read again in Train.',
    save: 'Save settings',
    used: 'These are the settings that this run used.',
  },
  busy: 'The model is being trained; it can be saved when the run is over or stopped.',
}
