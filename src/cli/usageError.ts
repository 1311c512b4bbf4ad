// Wrong usage of the command line: exit status 2, told apart from a problem with the person's files.

export class UsageError extends Error {}
