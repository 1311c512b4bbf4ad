// What can go wrong while a model comes from the Hub, each with its values and its English sentences.

import { sayBytes } from './bytes.ts'

export const hubProblems = {
  'hub.bad-name': (v: { name: string }) => ({
    what: `"${v.name}" is no name of a repository.`,
    remedy: 'Write it as owner/name, such as Qwen/Qwen2.5-0.5B, or paste the address of its page.',
  }),
  'hub.bad-endpoint': (v: { endpoint: string }) => ({
    what: `"${v.endpoint}" is no address of a Hub.`,
    remedy: 'Write it whole, such as https://huggingface.co, or leave it empty.',
  }),
  'hub.unreachable': (v: { endpoint: string; message: string; tries: number }) => ({
    what: `${v.endpoint} could not be reached, ${v.tries} times in a row (${v.message}).`,
    remedy:
      'What has arrived is kept. See that the network is there, or name a mirror as the endpoint, and start it again: it goes on where it stopped.',
  }),
  'hub.answered': (v: { status: number; address: string; message: string }) => ({
    what: `The server answered ${v.status}${v.message === '' ? '' : ` (${v.message})`} for ${v.address}.`,
    remedy: 'What has arrived is kept. Start it again later: it goes on where it stopped.',
  }),
  'hub.too-many-requests': (v: { seconds: number }) => ({
    what: `The server says that too many requests came from here, and asks for a pause of ${v.seconds} s.`,
    remedy: 'What has arrived is kept. Start it again later, or with a token of your account, which has a limit of its own.',
  }),
  'hub.not-found': (v: { repository: string; signedIn: boolean }) => ({
    what: `There is no model repository ${v.repository} that may be seen ${v.signedIn ? 'with this token' : 'without a token'}.`,
    remedy: v.signedIn
      ? 'Look at the spelling, capitals included, and whether the token may read this repository.'
      : 'Look at the spelling, capitals included. A private repository needs a token.',
  }),
  'hub.no-revision': (v: { repository: string; revision: string }) => ({
    what: `${v.repository} has no branch, tag or commit ${v.revision}.`,
    remedy: 'Leave the revision empty for the newest one, or take one from the page of the repository.',
  }),
  'hub.gated': (v: { repository: string; signedIn: boolean }) => ({
    what: `${v.repository} is gated: its owner wants its terms accepted first.`,
    remedy: v.signedIn
      ? 'Accept the terms on the page of the model with the account that this token belongs to, then start it again.'
      : 'Accept the terms on the page of the model, make a token that may read under Settings, Access Tokens, and give it here.',
  }),
  'hub.bad-token': (_: { endpoint: string }) => ({
    what: 'The server does not accept this token.',
    remedy: 'Copy it again from Settings, Access Tokens; it may have expired. Models that are not gated need none.',
  }),
  'hub.bad-answer': (v: { reason: string }) => ({
    what: `The server does not speak as the Hub does: ${v.reason}.`,
    remedy: 'See that the endpoint is a Hub or a mirror of it.',
  }),
  'hub.no-config': (v: { found: string }) => ({
    what: `This repository has no config.json, so it holds no model for transformers${v.found === '' ? '' : ` (it holds ${v.found})`}.`,
    remedy: 'Take the repository of the model itself. A LoRA adapter is opened in the panel Adapter, beside its base model.',
  }),
  'hub.no-safetensors': (v: { found: string }) => ({
    what: `This repository has no model.safetensors${v.found === '' ? '' : `; it has ${v.found}`}. GGUF and .bin files are not read here.`,
    remedy:
      'Take another repository of the same model, usually that of its author. With transformers, save_pretrained turns .bin files into safetensors.',
  }),
  'hub.no-tokenizer': (v: { found: string }) => ({
    what: `This repository has no tokenizer.json${v.found === '' ? '' : `; it has ${v.found}`}.`,
    remedy:
      'Take another repository of the same model. With transformers, AutoTokenizer.from_pretrained(…).save_pretrained(…) writes a tokenizer.json.',
  }),
  'hub.no-shards': (v: { file: string }) => ({
    what: `The index of the weights names ${v.file}, which the repository does not have.`,
    remedy: 'The repository is not whole: take another one, or another revision.',
  }),
  'hub.folder-taken': (v: { files: string }) => ({
    what: `The folder holds files of something else: ${v.files}.`,
    remedy: 'Choose an empty folder, or the one of a download that was not finished; nothing was changed.',
  }),
  'hub.no-room': (v: { needed: number; room: number | null }) => ({
    what: `There is no room for it: ${sayBytes(v.needed)} are still to come${v.room === null ? '' : `, and ${sayBytes(v.room)} are free`}.`,
    remedy: 'Make room, on the disk or by deleting models that are kept here, and start it again: it goes on where it stopped.',
  }),
  'hub.cannot-keep': (v: { message: string }) => ({
    what: `What arrives could not be written: ${v.message}.`,
    remedy:
      'See that no other tab or program is fetching the same model, and that this place may be written to; then start it again.',
  }),
  'hub.wrong-content': (v: { file: string }) => ({
    what: `${v.file} arrived twice with another content than the Hub states.`,
    remedy:
      'It was thrown away; the other files are kept. The server or something on the way changes what is sent: try another endpoint, or later.',
  }),
}
