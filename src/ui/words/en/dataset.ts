// x
export const dataset = {}
