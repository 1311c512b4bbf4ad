# One training step a line of standard input, in plain PyTorch on one thread; the first line is the shape and the batch as JSON.
# Answers each line with the loss.

import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.manual_seed(0)
task = json.loads(sys.stdin.readline())
HIDDEN, HEADS, KV, FFN = task["hidden"], task["heads"], task["kvHeads"], task["ffn"]
BATCH, TOKENS, DIM = task["batch"], task["tokens"], task["hidden"] // task["heads"]

angles = torch.outer(torch.arange(TOKENS).float(), 10000.0 ** (-torch.arange(0, DIM, 2).float() / DIM))
COS, SIN = angles.cos(), angles.sin()
MASK = torch.full((TOKENS, TOKENS), -1e9).triu(1)


def rotated(x):
    a, b = x.chunk(2, -1)
    return torch.cat([a * COS - b * SIN, b * COS + a * SIN], -1)


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(HIDDEN))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.q, self.o = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.k, self.v = nn.Linear(HIDDEN, KV * DIM), nn.Linear(HIDDEN, KV * DIM)
        self.gate, self.up = nn.Linear(HIDDEN, FFN, bias=False), nn.Linear(HIDDEN, FFN, bias=False)
        self.down = nn.Linear(FFN, HIDDEN, bias=False)
        self.before, self.after = Norm(), Norm()

    def forward(self, stream):
        split = lambda x, heads: x.view(BATCH, TOKENS, heads, DIM).transpose(1, 2)
        x = self.before(stream)
        q, k, v = rotated(split(self.q(x), HEADS)), rotated(split(self.k(x), KV)), split(self.v(x), KV)
        # Queries that share a key head stand below one another, so that keys and values are not repeated.
        scores = (q.reshape(BATCH, KV, -1, DIM) @ k.transpose(-1, -2)).view(BATCH, HEADS, TOKENS, TOKENS)
        seen = F.softmax(scores / DIM**0.5 + MASK, -1)
        out = (seen.view(BATCH, KV, -1, TOKENS) @ v).view(BATCH, HEADS, TOKENS, DIM)
        stream = stream + self.o(out.transpose(1, 2).reshape(BATCH * TOKENS, HIDDEN))
        y = self.after(stream)
        return stream + self.down(F.silu(self.gate(y)) * self.up(y))


embedding = nn.Embedding(task["vocab"], HIDDEN)
nn.init.normal_(embedding.weight, std=0.02)
blocks, last = nn.Sequential(*(Block() for _ in range(task["layers"]))), Norm()
parameters = [*embedding.parameters(), *blocks.parameters(), *last.parameters()]
optimizer = torch.optim.AdamW(parameters, lr=task["learningRate"], weight_decay=0.0)
ids, rows, targets = (torch.tensor(numbers) for numbers in (task["ids"], task["learned"]["rows"], task["learned"]["targets"]))

print(0, flush=True)
for _ in sys.stdin:
    optimizer.zero_grad(set_to_none=True)
    hidden = last(blocks(embedding(ids)))
    loss = F.cross_entropy(hidden[rows] @ embedding.weight.T, targets)
    loss.backward()
    optimizer.step()
    print(loss.item(), flush=True)
