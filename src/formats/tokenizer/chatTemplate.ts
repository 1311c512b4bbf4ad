// Writes a chat as one text by the model's own template (Jinja), with the names that transformers hands to a template.
// A template is text from a stranger's file: the interpreter has no way out of it, and a fault in it is told as a problem.
// Must not know: how the text is tokenised.

import { Template } from '@huggingface/jinja'
import { ProblemError } from '../../problem/problem.ts'
import type { ChatMessage } from '../../protocol/dataset.ts'
import { fieldOf, isJsonList, isJsonObject, type JsonObject } from '../json.ts'
import { specialTokenNames, tokenContent } from './tokenizerConfig.ts'

type Renderer = (messages: readonly ChatMessage[], addGenerationPrompt: boolean) => string

/** null where the model has no template. A template that cannot be read is told when it is used, so that its model still opens. */
export function chatRenderer(tokenizerConfig: JsonObject): Renderer | null {
  const source = templateSource(tokenizerConfig)
  if (source === null) return null
  const tokens = specialTokensByName(tokenizerConfig)
  let template: Template | null = null
  return (messages, addGenerationPrompt) => {
    try {
      template ??= new Template(source)
      return template.render({ ...tokens, messages, add_generation_prompt: addGenerationPrompt, tools: null, documents: null })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      throw new ProblemError({ code: 'model.chat-template', values: { message }, where: 'chat_template' })
    }
  }
}

/** The template itself, or the one called "default" of several. */
function templateSource(tokenizerConfig: JsonObject): string | null {
  const template = fieldOf(tokenizerConfig, 'chat_template')
  if (typeof template === 'string') return template === '' ? null : template
  if (!isJsonList(template)) return null
  for (const entry of template) {
    if (!isJsonObject(entry) || fieldOf(entry, 'name') !== 'default') continue
    const source = fieldOf(entry, 'template')
    if (typeof source === 'string') return source
  }
  return null
}

function specialTokensByName(tokenizerConfig: JsonObject): Record<string, string> {
  const tokens: Record<string, string> = {}
  for (const name of specialTokenNames) {
    const text = tokenContent(fieldOf(tokenizerConfig, name))
    if (text !== null) tokens[name] = text
  }
  return tokens
}
