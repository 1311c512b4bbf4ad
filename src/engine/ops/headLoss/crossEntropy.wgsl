// Softmax cross-entropy: one workgroup a row of logits, which become their gradient in place. Defined by composed.ts.
// One pass reads: each invocation keeps its largest logit so far, and the sum of the exponentials below it. One pass writes.

struct Words { rows: u32, width: u32, factor: f32 }

@group(0) @binding(0) var<storage, read_write> logits: array<Element>;
@group(0) @binding(1) var<storage, read_write> losses: array<f32>;
@group(0) @binding(2) var<storage, read_write> targets: array<i32>;
@group(0) @binding(3) var<uniform> words: Words;

/** Below every logit. */
const LOWEST = -3.4028234e38;

@compute @workgroup_size(groupSize)
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
) {
  let row = group.y * groups.x + group.x;
  if (row >= words.rows) { return; }
  let begin = row * words.width;
  let counts = targets[row] >= 0;
  let token = u32(max(targets[row], 0));
  let ofTarget = numberOf(logits[begin + token / LANES], token % LANES);

  var largest = LOWEST;
  var powers = Element();
  // A row that does not count is not read.
  for (var i = select(words.width, local, counts); i < words.width; i += groupSize) {
    let values = logits[begin + i];
    let top = largestOf(values);
    if (top > largest) {
      powers *= exp(largest - top);
      largest = top;
    }
    powers += exp(values - largest);
  }
  let rowLargest = groupMax(largest, local);
  let sum = groupSum(sumOf(powers) * exp(largest - rowLargest), local);

  if (local == 0u) {
    losses[row] = select(0.0, log(sum) + (rowLargest - ofTarget), counts);
  }
  let factor = select(0.0, words.factor, counts);
  for (var i = local; i < words.width; i += groupSize) {
    var gradient = Element();
    if (counts) {
      let isTarget = select(Element(), Element(factor), indicesOf(i) == Indices(token));
      gradient = exp(logits[begin + i] - rowLargest) * (factor / sum) - isTarget;
    }
    logits[begin + i] = gradient;
  }
}
