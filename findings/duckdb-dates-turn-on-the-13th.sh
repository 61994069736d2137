#!/usr/bin/env bash
# DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1): a CSV of American dates (month first) is read day first, silently, as long as no row has a
# day above 12. A download of the first days of March gives bars of April, May and June; the same file a week later, with one row more,
# gives March. Appending each day's download to one table mixes both.
# What to do: state dateformat='%m/%d/%Y', or refuse a file whose dates can be read in both ways.
# Output seen:
#   to 6 March: 2024-04-03 2024-05-03 2024-06-03
#   to 13 March: 2024-03-04 2024-03-05 2024-03-06 2024-03-13
#   to 6 March, dateformat stated: 2024-03-04 2024-03-05 2024-03-06
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1
printf 'date,close\n03/04/2024,100\n03/05/2024,101\n03/06/2024,102\n' > early.csv
{ cat early.csv; printf '03/13/2024,103\n'; } > later.csv
cat > run.cjs <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const dates = async (source) =>
    (await connection.runAndReadAll(`SELECT string_agg(date::VARCHAR, ' ' ORDER BY close) FROM ${source}`)).getRows()[0][0];
  console.log(`to 6 March: ${await dates(`'early.csv'`)}`);
  console.log(`to 13 March: ${await dates(`'later.csv'`)}`);
  console.log(`to 6 March, dateformat stated: ${await dates(`read_csv('early.csv', dateformat='%m/%d/%Y')`)}`);
})();
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
to 6 March: 2024-04-03 2024-05-03 2024-06-03
to 13 March: 2024-03-04 2024-03-05 2024-03-06 2024-03-13
to 6 March, dateformat stated: 2024-03-04 2024-03-05 2024-03-06
SEEN
