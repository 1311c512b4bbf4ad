// The lines of Python that open what was saved.

/** An adapter is opened beside the model that it was trained beside. Names are Python strings as they are: the form refuses others. */
export function loadCode(kind: 'model' | 'adapter', name: string, base: string): string {
  if (kind === 'model') return `AutoModelForCausalLM.from_pretrained("${name}")`
  return `base = AutoModelForCausalLM.from_pretrained(${JSON.stringify(base)})\nmodel = PeftModel.from_pretrained(base, "${name}")`
}
