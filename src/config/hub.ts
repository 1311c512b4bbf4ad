// How a person names a model on the Hub, and the Hub itself: owner/name, with a revision behind an @, or the address of its page.
// The page asks while it is typed, the service before it is fetched.

export const HUB_ENDPOINT = 'https://huggingface.co'

export type RepositoryName = { repository: string; revision: string | null }

const part = /^(?!\.+$)[\w.-]{1,96}$/

/** null: it names no repository. A revision may be a branch, a tag or a commit. */
export function repositoryNamed(text: string): RepositoryName | null {
  const trimmed = text.trim()
  return /^https?:\/\//i.test(trimmed) ? fromPage(trimmed) : fromName(trimmed)
}

function fromName(text: string): RepositoryName | null {
  const at = text.indexOf('@')
  const repository = at < 0 ? text : text.slice(0, at)
  const revision = at < 0 ? null : text.slice(at + 1)
  const parts = repository.split('/')
  if (parts.length > 2 || !parts.every((name) => part.test(name)) || revision === '') return null
  return { repository, revision }
}

/** Of the page of a model, of its files, or of one file. */
function fromPage(address: string): RepositoryName | null {
  if (!URL.canParse(address)) return null
  const [owner = '', name = '', kind, revision] = new URL(address).pathname.slice(1).split('/')
  const named = fromName(`${owner}/${name}`)
  const isShown = kind === 'tree' || kind === 'blob' || kind === 'resolve'
  return named && { ...named, revision: isShown && revision !== undefined && revision !== '' ? revision : null }
}

/** Without a slash at its end; null: it is no address that can be asked. Empty: the Hub's own. */
export function endpointNamed(text: string): string | null {
  const trimmed = text.trim().replace(/\/+$/, '')
  if (trimmed === '') return HUB_ENDPOINT
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '' ? trimmed : null
}
