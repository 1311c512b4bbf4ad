// How a kernel that goes element by element is cut: a workgroup does a block, an invocation every GROUP-th Element of it.
// Several Elements an invocation, because an invocation costs more than an Element where a CPU stands in for the GPU.

const GROUP = 256u;
const BLOCK = 1024u;

fn blockBegin(group: vec3u, groups: vec3u) -> u32 { return (group.y * groups.x + group.x) * BLOCK; }
