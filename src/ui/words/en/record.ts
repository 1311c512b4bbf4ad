// x
export const record = {}
