// How models are asked where nobody says otherwise: as the tuned one was trained, or as the settings would train one.

import { type ChatForm, chatFormOf } from '../config/chatForm.ts'
import { run } from './run.ts'
import { settings } from './settings.ts'

export function askedAs(): ChatForm | null {
  const { tuned } = run.get().histories
  return chatFormOf(tuned?.held ? tuned.settings : settings.get().settings)
}
