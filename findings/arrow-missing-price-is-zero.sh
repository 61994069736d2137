#!/usr/bin/env bash
# apache-arrow 21.2.0 (the reader of feather files for JavaScript): `column.toArray()` of a price column with a missing value gives 0 in its
# place, `get(i)` gives null; a return over that bar is -100 %. And of a timestamp column `get(i)` is milliseconds whatever the
# unit, while `toArray()` is the stored integers: seconds, microseconds or nanoseconds. For pandas' nanoseconds `get(i)` is rounded to
# what a double holds.
# What to do: look at `nullCount` and `isValid(i)` before `toArray()`, and convert its integers by `type.unit`.
# Output seen:
#   close by get: 100,null,101.6
#   close by toArray: 100,0,101.6 (nullCount 1)
#   seconds: get 1704153600000, toArray 1704153600
#   nanoseconds: get 1704153600000.1235, toArray 1704153600000123456
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund apache-arrow@21.2.0
cat > run.cjs <<'JS'
const arrow = require('apache-arrow');
const table = arrow.tableFromIPC(arrow.tableToIPC(arrow.tableFromJSON([{ close: 100 }, { close: null }, { close: 101.6 }])));
const close = table.getChild('close');
console.log(`close by get: ${[0, 1, 2].map((i) => String(close.get(i)))}`);
console.log(`close by toArray: ${close.toArray()} (nullCount ${close.nullCount})`);
const times = (type, value) => arrow.makeVector(new arrow.Data(type, 0, 1, 0, [undefined, new BigInt64Array([value])]));
for (const [name, type, value] of [
  ['seconds', new arrow.TimestampSecond(), 1704153600n],
  ['nanoseconds', new arrow.TimestampNanosecond(), 1704153600000123456n],
]) {
  const time = times(type, value);
  console.log(`${name}: get ${time.get(0)}, toArray ${time.toArray()[0]}`);
}
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
close by get: 100,null,101.6
close by toArray: 100,0,101.6 (nullCount 1)
seconds: get 1704153600000, toArray 1704153600
nanoseconds: get 1704153600000.1235, toArray 1704153600000123456
SEEN
