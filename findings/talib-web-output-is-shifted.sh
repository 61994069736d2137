#!/usr/bin/env bash
# talib-web 0.1.3 (TA-Lib compiled to WebAssembly): an answer is as long as its input, but its first value belongs to the first bar that
# has one (bar `timePeriod - 1` for SMA), so everything is shifted to the left by the lookback, and the last places hold numbers that belong
# to no bar: below, a rising series ends in 3.67 and 0, and no value marks where the answer ends.
# What to do: cut the answer to `input - lookback` values and put the lookback in front.
# Output seen: [2,3,4,5,3.6666666666666665,0]
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund talib-web@0.1.3
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import * as talib from 'talib-web';

const wasm = readFileSync('node_modules/talib-web/lib/talib.wasm');
await talib.init(`data:application/wasm;base64,${wasm.toString('base64')}`);
const { output } = talib.SMA({ inReal: [1, 2, 3, 4, 5, 6], timePeriod: 3 });
console.log(JSON.stringify(output));
// the mean of bars 0 to 2 is 2 and belongs to bar 2; four means exist, six places are answered
const shifted = output.length === 6 && output[0] === 2 && output[3] === 5;
const tailIsANumber = output.slice(4).every((value) => Number.isFinite(value));
process.exit(shifted && tailIsANumber ? 0 : 1);
JS
node run.mjs && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
