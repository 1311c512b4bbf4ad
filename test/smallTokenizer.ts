// A byte-level BPE tokenizer of 256 bytes, a handful of merges and three added tokens, in the form of tokenizer.json:
// small enough to work its ids out by hand, built like Qwen2's.

/** GPT-2's alphabet: a printable character for each byte, in the order in which byte-level vocabularies begin. */
function byteCharacters(): string[] {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++))
}

const merges = ['h e', 'l l', 'he ll', 'hell o', 'Ġ w', 'æ ľ']

/** Ids: a byte is its own id, the merges follow from 256 in their order, then the added tokens. */
export const smallIds = {
  he: 256,
  ll: 257,
  hell: 258,
  hello: 259,
  spaceW: 260,
  moonStart: 261,
  endOfText: 262,
  imStart: 263,
  imEnd: 264,
}

export function smallTokenizer() {
  const pieces = [...byteCharacters(), ...merges.map((merge) => merge.replace(' ', ''))]
  const added = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'].map((content, i) => ({
    id: pieces.length + i,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }))
  return {
    version: '1.0',
    added_tokens: added,
    normalizer: { type: 'NFC' },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: String.raw` ?\p{L}+|\p{N}|[^\p{L}\p{N}]` }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges,
      fuse_unk: false,
      byte_fallback: false,
    },
  }
}

export const smallTokenizerConfig = {
  eos_token: '<|im_end|>',
  pad_token: { content: '<|endoftext|>', lstrip: false },
  model_max_length: 512,
  chat_template:
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + eos_token + '\\n' }}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
}
