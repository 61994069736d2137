#!/usr/bin/env bash
# DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1): where two rows of the right side of an ASOF join have the same time (a quote and its
# correction, two articles of one second), the row that is joined depends on how many rows the LEFT side has: below 64 it is the first
# of the tied rows, from 64 on the last. A join that was checked on a week of bars answers otherwise on a quarter.
# What to do: keep one row a time on the right side before an ASOF join (QUALIFY row_number() ... = 1).
# Output seen:
#   63 bars: all joined to the first article
#   64 bars: all joined to the last article
#   63 bars, one article a time: all joined to the last article
#   64 bars, one article a time: all joined to the last article
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1
cat > run.cjs <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const who = async (bars, articles) => {
    const result = await connection.runAndReadAll(`
      SELECT string_agg(DISTINCT a.which, ' and ') FROM (SELECT i AS t FROM range(1, ${bars + 1}) r(i)) AS b
      ASOF JOIN ${articles} AS a ON b.t >= a.t`);
    return result.getRows()[0][0];
  };
  await connection.run(`CREATE TABLE article AS SELECT * FROM (VALUES (0::BIGINT, 1, 'first'), (0, 2, 'last')) v(t, n, which)`);
  for (const bars of [63, 64]) console.log(`${bars} bars: all joined to the ${await who(bars, 'article')} article`);
  const one = '(SELECT * FROM article QUALIFY row_number() OVER (PARTITION BY t ORDER BY n DESC) = 1)';
  for (const bars of [63, 64]) console.log(`${bars} bars, one article a time: all joined to the ${await who(bars, one)} article`);
})();
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
63 bars: all joined to the first article
64 bars: all joined to the last article
63 bars, one article a time: all joined to the last article
64 bars, one article a time: all joined to the last article
SEEN
