// What is read as the name of a repository or of a Hub, and what is not.

import { expect, it } from 'vitest'
import { endpointNamed, HUB_ENDPOINT, repositoryNamed } from './hub.ts'

it.each([
  ['Qwen/Qwen2.5-0.5B', 'Qwen/Qwen2.5-0.5B', null],
  [' gpt2 ', 'gpt2', null],
  ['a/b@v1.0', 'a/b', 'v1.0'],
  ['a/b@refs/pr/3', 'a/b', 'refs/pr/3'],
  ['https://huggingface.co/a/b', 'a/b', null],
  ['https://huggingface.co/a/b/tree/dev', 'a/b', 'dev'],
  ['https://mirror.example/a/b/blob/main/config.json?x=1', 'a/b', 'main'],
])('%s', (text, repository, revision) => {
  expect(repositoryNamed(text)).toEqual({ repository, revision })
})

it.each(['', 'a b', 'a/b/c', '../b', 'a/..', 'a/b@', '/b', 'a/', 'https://huggingface.co/', 'a/b?x', 'a%2fb'])(
  'not "%s"',
  (text) => {
    expect(repositoryNamed(text)).toBeNull()
  },
)

it('an endpoint has no slash at its end; none is the Hub', () => {
  expect(endpointNamed('')).toBe(HUB_ENDPOINT)
  expect(endpointNamed(' https://mirror.example/hub// ')).toBe('https://mirror.example/hub')
  expect(endpointNamed('http://127.0.0.1:8000')).toBe('http://127.0.0.1:8000')
  for (const text of ['mirror', 'ftp://a', 'javascript:x', 'https://a?b', 'https://u:p@a']) expect(endpointNamed(text)).toBeNull()
})
