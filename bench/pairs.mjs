// Compares decoders as they are, without the product's guards: zstd -dc PAIRS.jsonl.zst | node bench/pairs.mjs --task
// rephrase --decoders mask-predict,insertion [--passes 1,4]
import { runBundled } from './bundled.mjs';

await runBundled('pairs', process.argv.slice(2), `pairs-${process.pid}`);
