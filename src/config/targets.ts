// Which linear layers LoRA's target_modules means. The page counts with it before a run, and the models build with it.
// Must not know: any architecture.

/** PEFT's rule: a name means every module that it is, or ends ("q_proj" means each block's). */
export function meansModule(target: string, module: string): boolean {
  return module === target || module.endsWith(`.${target}`)
}

/** The one word for all linear layers but the head. */
export function isAllLinear(target_modules: string | readonly string[]): boolean {
  const targets = [target_modules].flat()
  return targets.length === 1 && targets[0] === 'all-linear'
}

export function isTargeted(module: string, target_modules: string | readonly string[]): boolean {
  return isAllLinear(target_modules) || [target_modules].flat().some((target) => meansModule(target, module))
}
