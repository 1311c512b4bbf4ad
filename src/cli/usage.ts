// What `help` prints. Only what is there is listed.

export const usage = `Tabtune on the command line. Every command takes --json: one JSON object a line.

  preview   --model DIR --data FILE [--mask prefix|parts|none] [--max-length N] [--skip-bad] [--chat [--system-prompt TEXT]]
            what of each record is learned, and what is only context
  train     --model DIR [--adapter DIR] --data FILE [--eval-data FILE] --out DIR [--config FILE] [--backend webgpu|wasm|cpu] [--skip-bad] [--twin DIR]
            trains, one line a step, and writes a Hugging Face folder, with LoRA a PEFT adapter
            --adapter      a PEFT adapter to go on training
            --eval-data FILE  held-out records: never learned, their loss is taken after each epoch (or eval_strategy and test_size
                           in --config: a part of --data)
            --skip-bad     leaves out rows with errors and records with nothing to learn
  generate  --model DIR [--adapter DIR] (--prompt TEXT | --ids 1,2,3) [--max-new-tokens N] [--repetition-penalty P]
            [--temperature T --top-k K --top-p P --min-p P --seed S] [--chat [--system-prompt TEXT]]
            what the model writes; greedy unless a temperature is given
  evaluate  --model DIR [--adapter DIR] --data FILE [--max-new-tokens N] [--skip-bad] [--chat [--system-prompt TEXT]]
            both prompts of every record, and the verdict
  probe     --model DIR [--adapter DIR] --batch FILE.json --out FILE.safetensors
            logits, loss and the gradient of every parameter that is trained, of one batch {"input_ids","attention_mask","labels"}
  export    --model DIR [--adapter DIR] --format hf|peft --out DIR [--dtype checkpoint|f32|f16|bf16]
            hf: the model, the adapter merged into it; peft: the adapter
  inspect   DIR_OR_FILE [--memory | --plan [--tokens N]] [--config FILE]
            what a model, an adapter or a data set is; --plan prints a training step call by call
  inspect   FILE --model DIR [--max-length N] [--config FILE]
            how long the records are, what the length limit drops or cuts, and the rows that packing would make
  pull      REPO[@REVISION] [--endpoint URL] [--token-env NAME] --out DIR
            a model from the Hugging Face Hub, each file checked; run again, it goes on where it stopped
            --endpoint     a mirror of the Hub; HF_ENDPOINT where it is set, else https://huggingface.co
            --token-env    the environment variable that holds a token, for gated and private models
  bench     --config FILE.json [--profile]
            a training step of any shape with random weights: {"hidden","layers","heads","kvHeads","ffn","vocab","batch","tokens",
            "method":"full"|"lora","steps","warmup"}; --profile: where the time of a step by plan goes, kernel by kernel
  demo      [--lang zh|en] [--config FILE] [--out DIR] [--no-twin]
            the whole loop on the demo poems with the embedded model

  --chat asks in the model's own chat template, behind a system line where one is given; without it prompts are plain text.
  --engine plan|eager: plan is laid out once a shape and runs on wasm, eager runs each op by itself on any backend.
  --threads N, of the plan engine; 1 unless said otherwise.
  --backend is wasm unless said otherwise; webgpu needs the npm package webgpu and a Vulkan, Metal or D3D12 driver.
`
