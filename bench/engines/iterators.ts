// Iterator helpers, which Node has from version 22 on and jax-js uses. To be imported before jax-js; by way of Arrays, as few and small as it takes.

const prototype: object = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))

type Helper = (this: Iterable<unknown>, work: (item: unknown, at: number) => unknown) => unknown

const helpers: Readonly<Record<string, Helper>> = {
  map(work) {
    return [...this].map(work)[Symbol.iterator]()
  },
  filter(work) {
    return [...this].filter(work)[Symbol.iterator]()
  },
  some(work) {
    return [...this].some(work)
  },
  every(work) {
    return [...this].every(work)
  },
  toArray() {
    return [...this]
  },
}

for (const [name, value] of Object.entries(helpers))
  if (!(name in prototype)) Object.defineProperty(prototype, name, { value, configurable: true, writable: true })
