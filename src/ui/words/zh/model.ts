// x
export const model = {}
