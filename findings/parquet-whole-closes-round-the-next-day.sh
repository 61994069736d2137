#!/usr/bin/env bash
# hyparquet-writer 0.17.0 with DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1): a day whose closes are whole numbers is written as INT32,
# and DuckDB, reading several days by a pattern, takes the column's type from the first file: 101.6 of the next day is read as 102,
# without an error or a warning. `union_by_name=true`, or a first file that holds a fraction, gives 101.6.
# What to do: state the column's type when writing prices (DOUBLE), whatever the values are.
# Output seen:
#   2024-01-02 INT32, 2024-01-03 DOUBLE
#   by pattern: 100, 102
#   by pattern, union_by_name: 100, 101.6
#   with type DOUBLE stated, by pattern: 100, 101.6
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hyparquet@1.33.0 hyparquet-writer@0.17.0 @duckdb/node-api@1.5.6-r.1
cat > run.mjs <<'JS'
import { mkdirSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetMetadata } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

const days = [['2024-01-02', 100], ['2024-01-03', 101.6]];
function write(folder, type) {
  mkdirSync(folder);
  return days.map(([day, close]) => {
    const columnData = [{ name: 'day', data: [day], type: 'STRING' }, { name: 'close', data: [close], ...(type ? { type } : {}) }];
    const bytes = parquetWriteBuffer({ columnData });
    writeFileSync(`${folder}/${day}.parquet`, Buffer.from(bytes));
    return `${day} ${parquetMetadata(bytes).schema[2].type}`;
  });
}
const connection = await (await DuckDBInstance.create()).connect();
const closes = async (folder, option = '') =>
  (await connection.runAndReadAll(`SELECT close FROM read_parquet('${folder}/*.parquet'${option}) ORDER BY day`)).getRows().flat().join(', ');

console.log(write('detected').join(', '));
console.log(`by pattern: ${await closes('detected')}`);
console.log(`by pattern, union_by_name: ${await closes('detected', ', union_by_name=true')}`);
write('stated', 'DOUBLE');
console.log(`with type DOUBLE stated, by pattern: ${await closes('stated')}`);
JS
node run.mjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
2024-01-02 INT32, 2024-01-03 DOUBLE
by pattern: 100, 102
by pattern, union_by_name: 100, 101.6
with type DOUBLE stated, by pattern: 100, 101.6
SEEN
