// Writes learned merges as Hugging Face's tokenizer.json and tokenizer_config.json.
// The ids: 0 to 2 the special tokens, 3 to 258 the bytes by value, then one for each merge in the order learned.
// Must not know: the corpus, how merges are learned, where files go.
import { byteAlphabet } from './byteAlphabet.ts'
import { splitPattern } from './split.ts'
import type { Merge } from './trainBpe.ts'

/** End of text, which is also the padding, and the two marks of a chat turn. Their ids are their places here. */
const specialTokens: readonly string[] = ['<|endoftext|>', '<|im_start|>', '<|im_end|>']

/** How many merges fill a vocabulary of `vocabularySize` ids. */
export function mergesFor(vocabularySize: number): number {
  return vocabularySize - specialTokens.length - 256
}

/** A conversation as `<|im_start|>role`, a new line, the words, `<|im_end|>`; no system message is put in unasked. */
const chatTemplate = [
  "{%- for turn in messages %}{{ '<|im_start|>' + turn.role + '\\n' + turn.content + '<|im_end|>\\n' }}{% endfor %}",
  "{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
].join('')

/** Each symbol as the characters that stand for its bytes: the 256 bytes, then what each merge made. */
function symbolTexts(merges: readonly Merge[]): readonly string[] {
  const texts = [...byteAlphabet()]
  for (const { left, right } of merges) texts.push((texts[left] ?? '') + (texts[right] ?? ''))
  return texts
}

const addedToken = (content: string, id: number) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
})

/** The content of tokenizer.json. Text goes in and comes out byte for byte: there is no normaliser. */
export function tokenizerJson(merges: readonly Merge[]): object {
  const texts = symbolTexts(merges)
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map(addedToken),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'Split', pattern: { Regex: splitPattern }, behavior: 'Isolated', invert: false }, byteLevel],
    },
    post_processor: byteLevel,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries([...specialTokens, ...texts].map((text, id) => [text, id])),
      merges: merges.map(({ left, right }) => `${texts[left] ?? ''} ${texts[right] ?? ''}`),
    },
  }
}

/**
 * The content of tokenizer_config.json. The class is the general one: Qwen2's own class may rebuild its splitting
 * in code and pass over the pattern of tokenizer.json, which here is not Qwen2's.
 */
export function tokenizerConfig(): object {
  const [endOfText = ''] = specialTokens
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    added_tokens_decoder: Object.fromEntries(
      specialTokens.map((content, id) => {
        const { id: _, ...rest } = addedToken(content, id)
        return [String(id), rest]
      }),
    ),
    additional_special_tokens: specialTokens.slice(1),
    bos_token: null,
    eos_token: endOfText,
    pad_token: endOfText,
    unk_token: null,
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    model_max_length: 512,
    chat_template: chatTemplate,
  }
}
