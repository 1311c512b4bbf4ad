// The largest share of a workgroup, as groupSum.wgsl sums them; stands behind it.

fn groupMax(share: f32, local: u32) -> f32 {
  shares[local] = share;
  workgroupBarrier();
  if (local < COLUMNS) {
    var column = shares[local];
    for (var i = local + COLUMNS; i < groupSize; i += COLUMNS) {
      column = max(column, shares[i]);
    }
    columns[local] = column;
  }
  workgroupBarrier();
  var largest = columns[0];
  for (var i = 1u; i < COLUMNS; i++) {
    largest = max(largest, columns[i]);
  }
  return largest;
}
