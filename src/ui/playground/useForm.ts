// How the models are asked now. It hangs on the playground's own choice, on the tuned run and on the settings.

import type { ChatForm } from '../../config/chatForm.ts'
import { model } from '../../session/model.ts'
import { formOf, play } from '../../session/play.ts'
import { run } from '../../session/run.ts'
import { settings } from '../../session/settings.ts'
import { useStore } from '../kit/useStore.ts'

export function useForm(): ChatForm | null {
  useStore(run, ({ histories }) => histories.tuned?.settings)
  useStore(settings)
  useStore(model, ({ summary }) => summary?.hasChatTemplate)
  return formOf(useStore(play))
}
