// The text that the tokenizer is trained on: the documents, and a list of their Han characters.
// Without the list a character seen less than some fifty times would stay three bytes, and a model of this size breaks them apart.

const seenAtLeast = 6
const listedTimes = 60

/** The documents, and each Han character of theirs that is not very rare, on lines of its own so that it pairs with no other. */
export function trainingText(documents: readonly string[]): readonly string[] {
  const times = new Map<string, number>()
  for (const document of documents) {
    for (const character of document.match(/\p{Script=Han}/gu) ?? []) times.set(character, (times.get(character) ?? 0) + 1)
  }
  const listed = [...times].filter(([, count]) => count >= seenAtLeast).map(([character]) => `${character}\n`.repeat(listedTimes))
  return [...documents, ...listed]
}
