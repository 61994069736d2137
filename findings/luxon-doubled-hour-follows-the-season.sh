#!/usr/bin/env bash
# luxon 3.7.2: the hour that clocks show twice in autumn is read as the first or as the second one by the date on which the program RUNS: in
# winter the second (standard time), in summer the first. The same file of bars, stamped in local time without an offset, has other
# times in January than in July.
# What to do: never parse a wall clock without offset with it; resolve the doubled hour from the order of the rows, or refuse it.
# Output seen:
#   run in January: New York 2023-11-05 01:30 is 06:30Z, Berlin 2023-10-29 02:30 is 01:30Z
#   run in July: New York 2023-11-05 01:30 is 05:30Z, Berlin 2023-10-29 02:30 is 00:30Z
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund luxon@3.7.2
cat > run.cjs <<'JS'
const { DateTime, Settings } = require('luxon');
const read = (text, zone) => DateTime.fromISO(text, { zone }).toUTC().toFormat("HH:mm'Z'");
for (const [month, now] of [['January', '2024-01-15T12:00Z'], ['July', '2024-07-15T12:00Z']]) {
  Settings.now = () => Date.parse(now);
  const newYork = read('2023-11-05T01:30', 'America/New_York');
  console.log(`run in ${month}: New York 2023-11-05 01:30 is ${newYork}, Berlin 2023-10-29 02:30 is ${read('2023-10-29T02:30', 'Europe/Berlin')}`);
}
JS
node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
run in January: New York 2023-11-05 01:30 is 06:30Z, Berlin 2023-10-29 02:30 is 01:30Z
run in July: New York 2023-11-05 01:30 is 05:30Z, Berlin 2023-10-29 02:30 is 00:30Z
SEEN
