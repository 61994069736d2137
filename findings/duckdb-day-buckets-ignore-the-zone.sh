#!/usr/bin/env bash
# DuckDB 1.5.6 (@duckdb/node-api 1.5.6-r.1): with the session's TimeZone set to New York, `date_trunc('day', t)` makes days of New York and
# `time_bucket(INTERVAL '1 day', t)` makes days of UTC. Daily bars of a market that trades all evening, resampled by the one and joined to
# the other, hold the hours after 19:00 or 20:00 in another day. Only a zone given to time_bucket as its third argument counts.
# What to do: pass the zone to time_bucket. Mind the day that begins the summer time: its 23 hours are one day by date_trunc.
# Output seen:
#   date_trunc: 9 March 24, 10 March 23, 11 March 24
#   time_bucket: 9 March 19, 10 March 24, 11 March 24, 12 March 4
#   time_bucket with zone: 9 March 24, 10 March 23, 11 March 24
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1
cat > run.cjs <<'JS'
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`SET TimeZone = 'America/New_York'`);
  await connection.run(`CREATE TABLE bar AS SELECT t FROM range(
    TIMESTAMPTZ '2024-03-09 00:00:00-05', TIMESTAMPTZ '2024-03-12 00:00:00-04', INTERVAL 1 HOUR) r(t)`);
  const hours = async (name, day) => {
    const result = await connection.runAndReadAll(
      `SELECT strftime(${day} AT TIME ZONE '${name === 'time_bucket' ? 'UTC' : 'America/New_York'}', '%-d March'), count(*)::INT FROM bar GROUP BY ${day} ORDER BY ${day}`);
    console.log(`${name}: ${result.getRows().map((row) => row.join(' ')).join(', ')}`);
  };
  await hours('date_trunc', `date_trunc('day', t)`);
  await hours('time_bucket', `time_bucket(INTERVAL '1 day', t)`);
  await hours('time_bucket with zone', `time_bucket(INTERVAL '1 day', t, 'America/New_York')`);
})();
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
date_trunc: 9 March 24, 10 March 23, 11 March 24
time_bucket: 9 March 19, 10 March 24, 11 March 24, 12 March 4
time_bucket with zone: 9 March 24, 10 March 23, 11 March 24
SEEN
