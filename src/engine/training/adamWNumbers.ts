// The numbers that AdamW's formula is folded into for one step: the bias corrections go into step size and epsilon,
// so that nothing of an element's work is left of them.

export type AdamWSettings = { adam_beta1: number; adam_beta2: number; adam_epsilon: number; weight_decay: number }

/** weight = decayFactor·weight − stepSize · first ÷ (√second + epsilon), the moments as they stand after the step. */
export type AdamWNumbers = { stepSize: number; epsilon: number; decayFactor: number }

/** Of the step `step`, from 1, for a parameter that decays or one that does not. */
export function adamWNumbers(
  { adam_beta1, adam_beta2, adam_epsilon, weight_decay }: AdamWSettings,
  { step, learningRate }: { step: number; learningRate: number },
  decays: boolean,
): AdamWNumbers {
  const root = Math.sqrt(1 - adam_beta2 ** step)
  return {
    stepSize: (learningRate * root) / (1 - adam_beta1 ** step),
    epsilon: adam_epsilon * root,
    decayFactor: decays ? 1 - learningRate * weight_decay : 1,
  }
}
