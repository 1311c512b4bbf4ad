// Sums and maxima over a workgroup, each invocation giving its share: in one order, so that the bits are the same each time.
// Two steps of few numbers each, and not a tree: barriers are what costs. Called by all invocations of a group, or by none.

/** At most LARGEST_GROUP. */
override groupSize: u32;

const LARGEST_GROUP = 256u;
const COLUMNS = 16u;
var<workgroup> shares: array<f32, LARGEST_GROUP>;
var<workgroup> columns: array<f32, COLUMNS>;

fn groupSum(share: f32, local: u32) -> f32 {
  shares[local] = share;
  workgroupBarrier();
  if (local < COLUMNS) {
    var column = 0.0;
    for (var i = local; i < groupSize; i += COLUMNS) {
      column += shares[i];
    }
    columns[local] = column;
  }
  workgroupBarrier();
  var sum = 0.0;
  for (var i = 0u; i < COLUMNS; i++) {
    sum += columns[i];
  }
  return sum;
}
